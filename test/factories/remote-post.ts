import type { Ctx } from '#core/ctx'
import type { RemotePost } from '#core/posts/remote-post'
import { nowhere } from '#core/remote'
import type { Id } from '#platform/ids'

/** The context in which activities of other servers are handled. */
export const outside: Ctx = { actor: { kind: 'kith' }, remote: nowhere }

/** A public post of an account of remote.example, as its server tells it; `name` is the end of its address. */
export const remotePost = (author: { id: Id }, name: string, more: Partial<RemotePost> = {}): RemotePost => ({
  uri: `https://remote.example/posts/${name}`,
  url: `https://remote.example/@someone/${name}`,
  authorId: author.id,
  html: '<p>hello</p>',
  visibility: 'public',
  publishedAt: new Date('2026-01-02T03:04:05.678Z'),
  ...more,
})
