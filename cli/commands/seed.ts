import { engines } from '#core/search/build-index'
import { startBuild } from '#core/search/builds'
import { seedCommunity } from '#core/seeding/seed-community'
import { instance } from '#config/instance'
import { migrate } from '#platform/migrate'
import { command, WrongUsage } from '../command.ts'
import { printJson, printTable } from '../print.ts'
import { progressBar } from '../progress-bar.ts'

const FOLLOWS_EACH = 20

function whole(name: string, text: unknown, usual: number): number {
  if (text === undefined) return usual
  if (!/^\d{1,8}$/.test(String(text))) throw new WrongUsage(`--${name} must be a whole number.`)
  return Number(text)
}

export default command('seed', {
  says: 'Make up a lifelike community, for trying things out and for benchmarks.',
  options: [
    { flags: '--accounts <number>', says: 'how many members (100)' },
    { flags: '--posts <number>', says: 'how many posts, replies and boosts (50 for each account)' },
    { flags: '--follows <number>', says: 'how many follows (20 for each account)' },
    { flags: '--yes', says: 'do it on an instance that is open to the world' },
    { flags: '--json', says: 'print the counts as JSON' },
  ],
  run: async (ctx, { accounts: people, posts, follows, yes, json }) => {
    if (instance.isSecure && !yes)
      throw new Error(
        `${instance.origin} is a public instance, and this cannot be undone: say --yes if you mean it.`,
      )
    const accounts = whole('accounts', people, 100)
    const size = {
      accounts,
      posts: whole('posts', posts, accounts * 50),
      follows: whole('follows', follows, accounts * FOLLOWS_EACH),
    }
    // The first thing that many do with a new clone.
    await migrate()
    const { password, someone, ...counts } = await seedCommunity(ctx, size, progressBar('Seeding'))
    // What is written in bulk has no consequences of its own.
    for (const [name] of engines()) await startBuild(ctx, name)
    if (json) return printJson({ ...counts, someone, password })
    printTable(['made', 'count'], Object.entries(counts))
    console.log(`Everybody logs in with the password ${password}; ${someone} posts most.`)
  },
})
