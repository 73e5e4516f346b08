import { idOf, idsOf, isJson, type Json, textOf } from '#federation/properties'
import { loadCollection } from '#federation/load-document'
import { Account } from '#core/accounts/account.model'
import { Post } from '#core/posts/post.model'
import { rows } from '#platform/db'
import { differences, type Scene } from './scene.ts'

/** The account behind a query, as the search of an app finds it. */
async function sought(scene: Scene, query: string) {
  const { accounts } = await scene.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(query)}`)
  return accounts[0]
}

/** Somebody, looked up by the address of their document. */
export async function judgeActor(scene: Scene): Promise<string[]> {
  const { world, json, expect } = scene
  world.serve(json)
  const account = await sought(scene, String(expect.id))
  if (!account) return [`there is no account ${expect.id}`]
  const stored = await Account.findOne({ where: { uri: String(expect.id) } })
  return differences({
    id: [expect.id, account.uri],
    username: [expect.username, account.username],
    name: [textOf(expect.name)?.trim() || undefined, account.display_name.trim()],
    locked: [expect.locked, account.locked],
    fields: [expect.fields, account.fields.length],
    group: [expect.actorType === 'Group' || undefined, account.group],
    bot: [['Service', 'Application'].includes(String(expect.actorType)) || undefined, account.bot],
    inbox: [expect.inbox, stored?.inboxUrl],
    sharedInbox: [expect.sharedInbox, stored?.sharedInboxUrl],
    keyId: [expect.keyId, stored?.publicKeyId],
    alsoKnownAs: [expect.alsoKnownAs, stored?.alsoKnownAs],
  })
}

/** Somebody, looked up by the handle of their WebFinger answer. */
export async function judgeFinger(scene: Scene): Promise<string[]> {
  const { world, json, expect } = scene
  const handle = String(expect.subject).replace('acct:', '')
  const [name = ''] = handle.split('@')
  const actor = String(expect.actor)
  world.person(actor, { preferredUsername: name })
  world.finger(handle, json)
  world.finger(`${name}@${new URL(actor).host}`, json)
  const account = await sought(scene, `@${handle}`)
  return differences({ actor: [actor, account?.uri], handle: [handle, account?.acct] })
}

/** A profile that changed: what its server gives now is shown. */
export async function judgeProfile(scene: Scene): Promise<string[]> {
  const { world, json, expect } = scene
  const object = isJson(json.object) ? json.object : {}
  world.everybodyIn(json)
  const uri = String(expect.object)
  world.person(uri, { name: 'before', type: object.type })
  const { id } = await scene.follow(uri).then(() => scene.meet(uri))
  // Long enough ago that a word of somebody else is heard.
  await Account.update({ fetchedAt: new Date(Date.now() - 3_600_000) }, { where: { id } })
  const { publicKey: _, ...more } = object
  world.person(uri, { preferredUsername: (await Account.findByPk(id))?.username, ...more })
  const refused = await scene.deliver()
  const account = await scene.get(`/api/v1/accounts/${id}`)
  return [...refused, ...differences({ name: [expect.name, account.display_name] })]
}

/** A collection, as it is read by whoever has a use for it. */
export async function judgeCollection({ world, json, expect }: Scene): Promise<string[]> {
  world.serve(json)
  const { document } = await loadCollection(String(expect.id))
  const items = document.orderedItems ?? document.items
  return differences({
    type: [expect.type, document.type],
    totalItems: [expect.totalItems, document.totalItems],
    items: [expect.items, Array.isArray(items) ? items.length : undefined],
    first: [expect.first, idOf(document.first)],
  })
}

/**
 * What has no home here yet: it is answered as taken, nothing comes of it, nothing is left owed or buried.
 */
export async function judgeHomeless(scene: Scene): Promise<string[]> {
  const { world, json, expect } = scene
  const actor = textOf(json.actor) ?? idOf(json.actor) ?? idOf(json.attributedTo) ?? String(expect.id)
  const object = isJson(json.object) || json.actor ? json : undefined
  const activity: Json = object ?? {
    '@context': json['@context'],
    id: `${actor}#activity`,
    type: 'Create',
    actor,
    object: json,
  }
  world.everybodyIn(activity)
  if (!world.answer(actor)) world.person(actor)
  for (const uri of [...idsOf(activity.to), ...idsOf(activity.object)])
    scene.mean(/\/(u|users)\/\w+2?$/.test(uri) && uri !== actor ? { [uri]: scene.beaUri } : {})
  await scene.follow(actor)
  const before = await Post.count()
  const refused = await scene.deliver(activity)
  const owed = await rows({}, `SELECT kind FROM owed_work WHERE kind = 'inbox'`)
  return [...refused, ...differences({ posts: [before, await Post.count()], owed: [0, owed.length] })]
}

/** Somebody of a kind that is not known: looked up, nobody is found. */
export async function judgeNobody(scene: Scene): Promise<string[]> {
  scene.world.serve(scene.json)
  return differences({ found: [null, (await sought(scene, String(scene.expect.id))) ?? null] })
}

/** What is gone: looked up, nothing is found. */
export async function judgeTombstone(scene: Scene): Promise<string[]> {
  scene.world.serve(scene.json)
  const found = await scene.get(
    `/api/v2/search?resolve=true&q=${encodeURIComponent(String(scene.expect.id))}`,
  )
  return differences({ posts: [0, found.statuses.length] })
}
