/** How long things took, in milliseconds, and what became of them. */
export class Latencies {
  readonly #all: number[] = []
  readonly outcomes: Record<string, number> = {}

  /** Notes one that began then and ended now. */
  note(outcome: string | number, began: number): void {
    this.#all.push(performance.now() - began)
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1
  }

  get count(): number {
    return this.#all.length
  }

  /** How many ended with another outcome than these. */
  other(...fine: (string | number)[]): number {
    const names = new Set(fine.map(String))
    return Object.entries(this.outcomes).reduce(
      (sum, [name, many]) => (names.has(name) ? sum : sum + many),
      0,
    )
  }

  /** So many milliseconds are not exceeded by this part of them. */
  share(part: number): number {
    const sorted = this.#all.toSorted((a, b) => a - b)
    return sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN
  }
}
