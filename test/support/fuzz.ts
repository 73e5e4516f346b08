/** How often a fuzz test tries; KITH_FUZZ_ROUNDS says otherwise for long runs. */
export const rounds = (usual: number) => Number(process.env['KITH_FUZZ_ROUNDS'] ?? usual)

/** The seed of a fuzz test; KITH_FUZZ_SEED says otherwise, to see others or one failure again. */
export const seedOf = (usual: number) => Number(process.env['KITH_FUZZ_SEED'] ?? usual)

export type Dice = { below(most: number): number; pick<T>(from: readonly T[]): T }

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed
  const below = (most: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most
  }
  return { below, pick: (from) => from[below(from.length)]! }
}

const odd = [
  '"',
  "'",
  ',',
  ';',
  '=',
  ' ',
  '\t',
  '\\',
  '(',
  ')',
  ':',
  '/',
  '%',
  '@',
  'A',
  'é',
  '\u0000',
  '0',
  '+',
  '?',
  '#',
]

/** The text with one thing changed: a character replaced, put in, taken out or doubled, a piece moved, case turned. */
export function mutateText(text: string, { below, pick }: Dice): string {
  const at = below(text.length + 1)
  const [head, tail] = [text.slice(0, at), text.slice(at)]
  const kinds = [
    () => head + pick(odd) + tail.slice(1),
    () => head + pick(odd) + tail,
    () => head + tail.slice(1 + below(4)),
    () => head + tail.slice(0, 1) + tail,
    () => tail + head,
    () =>
      text
        .split(/([,;] ?)/)
        .toReversed()
        .join(''),
    () => head + tail.slice(0, 1).toUpperCase() + tail.slice(1),
    () => `${text}, ${text}`,
    () => text.trimEnd() + pick(['', ' ', ',', ';', '=']),
    () => text.replaceAll('"', ''),
    () => text.replace(/\d+/, (found) => String(Number(found) + pick([-1, 1, 1e4]))),
  ]
  return pick(kinds)()
}
