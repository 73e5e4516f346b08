import { idOf, type Json } from '#federation/properties'
import { fedifyLane } from '#test/support/fedify-lane'
import { type Both, compare } from '#test/support/lane-differences'
import { kithLane, signedDelivery } from '#test/support/lanes'
import { closeListeners } from '#test/support/listener'
import { payloads } from '#test/support/payloads'
import { startPayloadWorld } from '#test/support/payload-world'

const world = await startPayloadWorld()
const fedify = fedifyLane((address) => world.answer(address))

afterAll(async () => {
  world[Symbol.dispose]()
  await closeListeners()
})

const nameless = 'federation rule 34, wire G2: types that Fedify has no class for'
const contextless = 'ActivityStreams 2.1: its context holds where it is not named'
const unreadable = 'federation rule 47: a property that cannot be read is dropped, not the activity'

/** The payloads that the lanes take or read differently, with the rule that says so. What is new here is to be looked at. */
const different: Record<string, string> = {
  'constructed/akkoma-emoji-react-custom.json': unreadable,
  'constructed/peertube-approve-reply.json': nameless,
  'constructed/pixelfed-story-reply.json': nameless,
  'gancio/create-event.json': contextless,
  'mastodon/create-note-ld-signature-valid.json': 'federation rule 86',
  'mastodon/delete-actor.json': 'federation rule 21',
  'mastodon/delete-note.json': contextless,
  'mastodon/update-actor.json': unreadable,
  'mitra/follow.json': 'federation rule 27: a proof that is not understood is as if it were not there',
  'mobilizon/event.json': nameless,
  'pleroma/create-chat-message.json': contextless,
  'pleroma/note-emoji-in-summary.json': nameless,
  'pleroma/note-no-mentions-in-content.json': nameless,
  'pleroma/note-reply.json': nameless,
  'pleroma/note-spoofed-origin.json': nameless,
  'pleroma/note.json': nameless,
  'pleroma/quoted-note.json': nameless,
  'prismo/create-article-url-object.json': contextless,
}

async function both(sent: Json): Promise<Both> {
  const actor = idOf(sent.actor)!
  world.clear()
  world.person(actor)
  const request = signedDelivery(Buffer.from(JSON.stringify(sent)), {
    keyId: `${actor.replace(/#.*$/, '')}#stub-key`,
    privateKeyPem: world.privateKeyPem,
  })
  return { sent, kith: await kithLane(request), fedify: await fedify(request) }
}

const activities = payloads.filter(({ json }) => idOf(json.actor) !== undefined)
if (activities.length === 0)
  test.skip('payloads of other servers (there are none beside this checkout)', () => undefined)

for (const { file, json } of activities)
  test(`${file}: Kith and Fedify take and read it alike${different[file] ? `, but for ${different[file]}` : ''}`, async () => {
    const { rules, differences } = await compare(json, both)
    expect({ rules, differences }).toEqual({ rules: [different[file] ?? []].flat(), differences: [] })
  })
