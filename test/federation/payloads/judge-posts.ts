import { idsOf, isJson, type Json, textOf } from '#federation/properties'
import { flawsOfPost, prepare } from './judge-post.ts'
import { differences, type Scene } from './scene.ts'

const objectOf = ({ json, expect }: Scene): Json => (expect.via && isJson(json.object) ? json.object : json)

const inCreate = (object: Json, actor: unknown): Json => ({
  '@context': object['@context'],
  id: `${String(object.id)}#created`,
  type: 'Create',
  actor,
  to: object.to,
  cc: object.cc,
  object,
})

/** A post: as it came in a Create, or with one around it. */
export async function judgePost(scene: Scene): Promise<string[]> {
  if (scene.expect.visibility === 'direct') beRecipient(scene)
  const object = objectOf(scene)
  await prepare(scene, object)
  if (scene.expect.quoteAuthorization) await askForStamp(scene)
  const activity = scene.expect.via ? scene.json : inCreate(objectOf(scene), scene.expect.author)
  const refused = await scene.deliver(activity)
  return refused.length > 0 ? refused : flawsOfPost(scene)
}

/** The quote was asked for before, as its stamp says, which is ours. */
async function askForStamp(scene: Scene): Promise<void> {
  const { json, expect } = scene
  const request = { id: `${String(json.id)}#asked`, type: 'QuoteRequest', actor: expect.author }
  await scene.deliver({ ...request, object: expect.quoteOf, instrument: json })
  const { result } = (await scene.sent('Accept'))[0] ?? {}
  scene.mean({ [String(expect.quoteAuthorization)]: String(result) })
}

function beRecipient(scene: Scene): void {
  const [to] = idsOf(objectOf(scene).to)
  if (to) scene.mean({ [to]: scene.beaUri })
}

/** A change to a post, which was here before it. */
export async function judgeEdit(scene: Scene): Promise<string[]> {
  const object = objectOf(scene)
  await prepare(scene, object)
  const { updated: _, ...before }: Json = { ...object, content: '<p>before</p>', contentMap: undefined }
  await scene.deliver(inCreate(before, scene.expect.author))
  const refused = await scene.deliver()
  if (refused.length > 0) return refused
  const status = await scene.status(String(scene.expect.id))
  const isChanged = Boolean(status?.content) && status.content !== '<p>before</p>'
  return [
    ...(await flawsOfPost(scene)),
    ...differences({ changed: [true, isChanged], edited: [true, Boolean(status?.edited_at)] }),
  ]
}

/** A document that must not be believed: looked up where it was served, nothing is found. */
export async function judgeRefused(scene: Scene): Promise<string[]> {
  const { world, json, expect } = scene
  const from = textOf(expect.fetchedFrom)
  if (!from) return judgeRefusedReaction(scene)
  world.everybodyIn(json)
  const subject = textOf(json.subject)
  if (subject) {
    const self = (json.links as Json[]).find(({ rel }) => rel === 'self')
    world.person(String(self?.href))
    const [name] = subject.replace('acct:', '').split('@')
    world.finger(`${name}@${new URL(from).host}`, json)
    return nothingFound(scene, `@${name}@${new URL(from).host}`)
  }
  world.serve(json, from)
  return nothingFound(scene, from)
}

async function nothingFound(scene: Scene, query: string): Promise<string[]> {
  const found = await scene.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(query)}`)
  return differences({
    found: [
      [0, 0],
      [found.accounts.length, found.statuses.length],
    ],
  })
}

async function judgeRefusedReaction(scene: Scene): Promise<string[]> {
  const [object] = idsOf(scene.json.object)
  const id = await scene.meanPost(object ?? '')
  scene.world.everybodyIn(scene.json)
  await scene.deliver()
  const status = await scene.get(`/api/v1/statuses/${id}`)
  return differences({ favourites: [0, status.favourites_count] })
}
