import { Poll } from '#core/posts/polls/poll.model'
import { member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { appClient, client } from '#test/support/client'
import { endpoints } from '#test/support/contract'

/** Later work: scheduling, quotes, translation, muting of threads, cards. */
const later = /scheduled_statuses|quotes|interaction_policy|translate|mute$|card$/
const ours = endpoints.filter(
  ({ path }) =>
    /^\/api\/v1\/(statuses|polls|bookmarks|favourites|accounts\/:id\/statuses)/.test(path) &&
    !later.test(path),
)

test('every endpoint of posts, polls and marks is here', () => {
  expect(ours.length).toBeGreaterThanOrEqual(24)
})

test.each(ours.map((each) => [`${each.method} ${each.path}`, each] as const))(
  'ERR-02 to ERR-06 who may call %s',
  async (_, { method, path, auth, scopes }) => {
    const alice = await member('alice')
    const note = await post(alice, { poll: { options: ['a', 'b'], isMultiple: false, expiresAt: null } })
    const poll = await Poll.findOne({ where: { postId: note.id }, rejectOnEmpty: true })
    const id = path.includes('polls') ? poll.id : path.includes('accounts') ? alice.account.id : note.id
    const at = path.replace(':id', id)
    const verb = method.toLowerCase() as 'get'
    const statusFor = async (app: ReturnType<typeof client>) => (await app[verb](at)).status
    const anonymous = await statusFor(client())
    const asApp = await statusFor(appClient(scopes))
    if (auth === 'optional') expect([anonymous, asApp]).toEqual([200, 200])
    else expect(anonymous).toBe(401)
    if (auth === 'app') expect(asApp).toBe(200)
    if (auth === 'user') expect(asApp).toBe(422)
    expect(await statusFor(client(alice, ['push']))).toBe(403)
    for (const scope of [...scopes, scopes[0]!.split(':')[0]!])
      expect(await statusFor(client(alice, [scope]))).not.toBe(403)
  },
)

test('HTTP-18 what members read is never cached', async () => {
  const alice = await member('alice')
  const note = await post(alice)
  const { headers } = await client(alice).get(`/api/v1/statuses/${note.id}`)
  expect(headers.get('cache-control')).toBe('private, no-store')
})
