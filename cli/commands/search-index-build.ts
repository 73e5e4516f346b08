import { buildIndex, engines } from '#core/search/build-index'
import { startBuild } from '#core/search/builds'
import { countPosts } from '#core/search/index.queries'
import { command } from '../command.ts'
import { progressBar } from '../progress-bar.ts'

export default command('search index build', {
  says: 'Make the search index anew, beside the running instance. What is there already stays in use.',
  run: async (ctx) => {
    const show = progressBar('Indexing')
    const { posts } = await countPosts(ctx)
    let done = 0
    for (const [name] of engines()) await startBuild(ctx, name)
    while (!(await buildIndex(ctx, (count) => show((done += count), Math.max(posts, done)))));
    console.log(`Search knows ${(await countPosts(ctx)).indexed} posts now.`)
  },
})
