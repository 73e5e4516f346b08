/** How a scenario stands while something is asked. */
export type Phase = 'before' | 'away' | 'returning' | 'after'

type Counts = Record<string, Partial<Record<Phase, Record<string, number>>>>

/** Counts answers by what was asked, when, and how it was answered, and keeps how long they took. */
export class Tally {
  phase: Phase = 'before'
  readonly counts: Counts = {}
  readonly #times = new Map<string, number[]>()

  /** Asks once. What began in one phase and ended in another counts for neither. Gives the answer; none is `failed`. */
  async ask(name: string, knock: () => Promise<Response>): Promise<Response | undefined> {
    const { phase } = this
    const began = performance.now()
    const answer = await knock().catch(() => undefined)
    if (phase === this.phase) {
      this.count(name, answer ? String(answer.status) : 'failed')
      const times = this.#times.get(`${name} ${phase}`) ?? []
      this.#times.set(`${name} ${phase}`, [...times, performance.now() - began])
    }
    return answer
  }

  count(name: string, how: string): void {
    const of = ((this.counts[name] ??= {})[this.phase] ??= {})
    of[how] = (of[how] ?? 0) + 1
  }

  /** Every way that something was answered in a phase. */
  answersTo(name: string, phase: Phase): string[] {
    return Object.keys(this.counts[name]?.[phase] ?? {}).sort()
  }

  /** The middle time of answers, in milliseconds. */
  middle(name: string, phase: Phase): number {
    const times = (this.#times.get(`${name} ${phase}`) ?? []).toSorted((a, b) => a - b)
    return times[Math.floor(times.length / 2)] ?? Number.NaN
  }
}
