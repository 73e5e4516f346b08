import { z } from 'zod'
import { bookmarkedPosts, favouritePosts } from '#core/posts/marks/mark.queries'
import { cursors } from '../input.ts'
import { routes } from '../routes.ts'
import { markedStatusPage } from '../serializers/status-page.ts'

const page = z.looseObject(cursors(20, 40))
const options = (scope: string) => ({ scopes: [scope], input: page, answers: 'Array<Status>' })

export default routes('/api/v1', (r) => {
  r.get('/bookmarks', options('read:bookmarks'), async (ctx, asked) =>
    markedStatusPage(ctx, await bookmarkedPosts(ctx, asked), asked.limit),
  )
  r.get('/favourites', options('read:favourites'), async (ctx, asked) =>
    markedStatusPage(ctx, await favouritePosts(ctx, asked), asked.limit),
  )
})
