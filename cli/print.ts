/** Prints rows as a table whose columns are as wide as they need to be; numbers stand to the right. */
export function printTable(header: readonly string[], lines: readonly (string | number)[][]): void {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...lines.map((cells) => String(cells[column] ?? '').length)),
  )
  const pad = (cell: string | number, column: number) => {
    const width = widths[column] ?? 0
    return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width)
  }
  for (const cells of [header, ...lines]) console.log(cells.map(pad).join('  ').trimEnd())
}

/** Prints a value as one JSON document. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2))

/** A span of seconds as people say it: `5 s`, `3 min`, `2 h`, `4 d`. */
export function spanOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`
}

/** A moment as people say it from now: `3 min ago`, `in 2 h`; `never` for none. */
export function agoOf(time: Date | null): string {
  if (!time) return 'never'
  const seconds = (time.getTime() - Date.now()) / 1000
  return seconds > 0 ? `in ${spanOf(seconds)}` : `${spanOf(-seconds)} ago`
}

/** A text of strangers for a terminal: without control characters, which could make it say something else. */
export const plain = (text: string): string => text.replaceAll(/\p{C}+/gu, ' ')
