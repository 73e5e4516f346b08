import { countPosts } from '#core/search/index.queries'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

export default command('search index status', {
  says: 'Show how many posts there are, how many search knows, and whether the index is being made.',
  options: [{ flags: '--json', says: 'print the figures as JSON' }],
  run: async (ctx, { json }) => {
    const figures = await countPosts(ctx)
    if (json) return printJson(figures)
    printTable(
      ['posts', 'indexed', 'whole'],
      [[figures.posts, figures.indexed, figures.isWhole ? 'yes' : 'no']],
    )
  },
})
