import type { Ctx } from '#core/ctx'
import type { Id } from '#platform/ids'
import { count } from '#platform/metrics'
import type { Channel } from './channels.ts'
import type { Message } from './message.ts'

/** Who has a stream open: as whom it is read, and with which token. */
export type Viewer = { ctx: Ctx; accountId: Id; userId: Id; tokenId: Id; scopes: readonly string[] }

/** Why a stream is ended by us: nobody may read it any more, we stop, or something was lost on the way to it. */
export type Ending = 'revoked' | 'leaving' | 'lost'

const MIB = 1_048_576
/** Beats of five seconds. */
const PATIENCE = 6

/** One open stream, over whatever transport. */
export abstract class Connection {
  readonly viewer: Viewer
  /** How it is carried, for the metrics. */
  abstract readonly transport: string
  #behind = 0

  constructor(viewer: Viewer) {
    this.viewer = viewer
  }

  /** Bytes that wait because the client does not read. */
  abstract get waiting(): number
  protected abstract write(channel: Channel, message: Message): void
  /** Says goodbye. */
  abstract end(why: Ending): void
  /** Ends it at once. */
  protected abstract cut(): void
  /** Shows that both sides are alive; `beat` counts five seconds each. */
  protected abstract greet(beat: number): void

  /** Sends one event; whoever lets more than 1 MiB wait is cut off. */
  send(channel: Channel, message: Message): void {
    this.write(channel, message)
    if (this.waiting > MIB) this.drop()
  }

  /** Called every five seconds: cuts off whoever has not caught up for 30 of them. */
  pulse(beat: number): void {
    this.#behind = this.waiting > 0 ? this.#behind + 1 : 0
    if (this.#behind >= PATIENCE) this.drop()
    else this.greet(beat)
  }

  protected drop(): void {
    count('kith_streams_dropped_total', 'Streams cut off because nobody read them', {
      transport: this.transport,
    })
    this.cut()
  }
}
