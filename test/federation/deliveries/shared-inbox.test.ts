import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { rows } from '#platform/db'
import { as, member } from '#test/factories/account'
import { settle } from '#test/support/settle'
import { startStub } from '#test/support/stub-server'

const FOLLOWERS = 50_000
// Each follow changes one row that they have in common, which a long transaction cannot clean up after itself.
const PIECE = 1000
const fans = `
  WITH made AS (
    INSERT INTO accounts (domain, username, uri, inbox_url, shared_inbox_url, followers_url, fetched_at)
    SELECT $1, 'fan' || n, $2 || '/users/fan' || n, $2 || '/users/fan' || n || '/inbox', $2 || '/inbox',
      $2 || '/users/fan' || n || '/followers', now()
    FROM generate_series($3::int, $4::int) AS n RETURNING id)
  INSERT INTO follows (follower_id, followed_id, state) SELECT id, $5, 'accepted' FROM made`

test('R-052: a post of somebody with 50,000 followers on one host with a shared inbox goes there in one request, and so does its end', async () => {
  const stub = await startStub()
  try {
    const alice = await member('alice')
    for (let from = 1; from < FOLLOWERS; from += PIECE)
      await rows({}, fans, [stub.domain, stub.origin, from, from + PIECE - 1, alice.account.id])
    const { id } = await as(alice, createPost, { text: 'hello to all of you' })
    await settle({ except: ['schedule'] })
    expect(stub.arrivals.map(({ type, path }) => `${type} ${path}`)).toEqual(['Create /inbox'])
    await as(alice, deletePost, { postId: id })
    await settle({ except: ['schedule'] })
    expect(stub.arrivals.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'Create /inbox',
      'Delete /inbox',
    ])
  } finally {
    await stub.stop()
  }
}, 120_000)
