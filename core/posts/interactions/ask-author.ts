import type { TxCtx } from '../../ctx.ts'
import { refusalOf } from './assert-permitted.ts'
import { holdInteraction } from './hold-interaction.ts'
import type { Wanted } from './record-request.ts'

/** Keeps what a member wants to do with a post until its author says yes. Throws Invalid when they said no before. */
export async function askAuthor(ctx: TxCtx, wanted: Wanted): Promise<void> {
  if ((await holdInteraction(ctx, wanted)) === 'rejected') throw refusalOf(wanted.kind)
}
