import type { TrendKind } from '#core/trends/review-trend'
import { candidates } from '#core/trends/unreviewed.queries'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'
import { kindOf } from '../trend-kind.ts'

const words = (isTrendable: boolean | null): string =>
  isTrendable === null ? 'nobody has looked' : isTrendable ? 'approved' : 'rejected'

export default command('trends list <kind>', {
  says: 'Show what trends, the most first, and what was said of it. Kinds: tags, statuses, links.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (ctx, { kind, json }) => {
    const found = await candidates(ctx, kindOf(kind) satisfies TrendKind)
    if (json) return printJson(found)
    printTable(
      ['id', 'what', 'score', 'review'],
      found.map(({ id, what, score, isTrendable }) => [id, what, score.toFixed(2), words(isTrendable)]),
    )
  },
})
