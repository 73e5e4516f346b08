import '#test/support/temporal'
import { createFederation, generateCryptoKeyPair, MemoryKvStore } from '@fedify/fedify'
import { Create, Note, Person, PUBLIC_COLLECTION } from '@fedify/vocab'

/** What to send: to which inboxes, and which text. */
type Order = { inboxes: string[]; text: string }

const ORIGIN = new URL('http://localhost:3000')
const keys = await generateCryptoKeyPair('RSASSA-PKCS1-v1_5')
const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true })
federation
  .setActorDispatcher(
    '/users/{identifier}',
    (ctx, identifier) => new Person({ id: ctx.getActorUri(identifier) }),
  )
  .setKeyPairsDispatcher(() => [keys])

let posts = 0
async function send({ inboxes, text }: Order): Promise<void> {
  const ctx = federation.createContext(ORIGIN, undefined)
  const actor = ctx.getActorUri('alice')
  const id = new URL(`/users/alice/posts/${(posts += 1)}`, ORIGIN)
  const cc = new URL('/users/alice/followers', ORIGIN)
  const about = { to: PUBLIC_COLLECTION, cc, published: Temporal.Now.instant() }
  const object = new Note({ id, attribution: actor, content: `<p>${text}</p>`, url: id, ...about })
  const activity = new Create({ id: new URL(`${id.href}#create`), actor, object, ...about })
  const recipients = inboxes.map((inbox) => ({
    id: new URL('/users/ann', inbox),
    inboxId: new URL(inbox),
    endpoints: { sharedInbox: new URL(inbox) },
  }))
  await ctx.sendActivity({ identifier: 'alice' }, recipients, activity, {
    preferSharedInbox: true,
    immediate: true,
  })
}

process.on('message', (order: Order) => {
  const before = process.cpuUsage()
  void send(order).then(() => {
    const { user, system } = process.cpuUsage(before)
    process.send?.((user + system) / 1_000_000)
  })
})
process.send?.('ready')
