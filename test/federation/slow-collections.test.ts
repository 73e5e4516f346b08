import { Account } from '#core/accounts/account.model'
import { Follow } from '#core/relationships/follow.model'
import { fetchReplies } from '#federation/fetch-replies'
import { repairFollows } from '#federation/repair-follows'
import { inSeconds, shiftClock } from '#platform/clock'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { closeListeners, listen } from '#test/support/listener'

afterEach(() => shiftClock(0))
afterAll(closeListeners)

test.each(['replies', 'followers'])(
  'R-085: a collection of %s that is slow is left after a minute',
  async (kind) => {
    const { alice } = await cast('alice')
    let answers = 0
    const slow = await listen((request, response) => {
      const base = `http://localhost:${slow.port}`
      const at = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0)
      // As if each answer took nine seconds, and every page went on.
      shiftClock((answers += 1) * 9_000)
      const items = [`${base}/notes/${at + 100}`]
      const found = request.url?.startsWith('/notes')
        ? { type: 'Note', attributedTo: `${base}/users/x`, content: 'x', replies: `${base}/pages/1` }
        : {
            type: 'OrderedCollectionPage',
            orderedItems: items,
            totalItems: 10 ** 12,
            next: `${base}/pages/${at + 1}`,
          }
      response
        .writeHead(200, { 'content-type': 'application/activity+json' })
        .end(JSON.stringify({ id: base + request.url, ...found }))
    })
    const base = `http://localhost:${slow.port}`
    const author = await Account.create({
      username: 'x',
      domain: `localhost:${slow.port}`,
      uri: `${base}/users/x`,
      fetchedAt: inSeconds(0),
    })
    await follow(alice, author)
    const thread = await post(author, { uri: `${base}/notes/1` })
    if (kind === 'replies') await fetchReplies(alice.ctx, { postId: thread.id })
    else await repairFollows(alice.ctx, { accountId: author.id, url: `${base}/pages/1` })
    expect(answers).toBeGreaterThan(1)
    expect(answers).toBeLessThanOrEqual(6)
    // A list that was not read to its end ends nothing.
    expect(await Follow.count()).toBe(1)
  },
)
