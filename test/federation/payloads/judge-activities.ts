import { Dislike } from '#core/reactions/dislike.model'
import { Report } from '#core/moderation/report.model'
import { Post } from '#core/posts/post.model'
import { idOf, idsOf, isJson, type Json, textOf } from '#federation/properties'
import { type Body, differences, pollOf, type Scene } from './scene.ts'

type Judge = (scene: Scene) => Promise<string[]>

const actorOf = ({ json, expect }: Scene): string => String(expect.actor ?? idOf(json.actor))

/** Whoever acts is made and the activity is delivered, unless it is refused; then `look`. */
async function after(scene: Scene, look: () => Promise<string[]>): Promise<string[]> {
  scene.world.everybodyIn(scene.json)
  const refused = await scene.deliver()
  return refused.length > 0 ? refused : look()
}

const uris = (accounts: Body[]): string[] => accounts.map(({ uri }) => uri)
const isLocalPost = ({ beaUri }: Scene, uri: unknown) => String(uri).startsWith(`${beaUri}/posts/`)

/** The post of bea that is liked, repeated or voted on; gives its path in the API. */
async function ownPost(scene: Scene): Promise<string> {
  if (!isLocalPost(scene, scene.expect.object)) await scene.meanPost(String(scene.expect.object))
  return `/api/v1/statuses/${/\d+$/.exec(String(scene.expect.object))?.[0]}`
}

export const judgeLike: Judge = async (scene) => {
  const path = await ownPost(scene)
  return after(scene, async () =>
    differences({
      'favourited by': [[actorOf(scene)], uris(await scene.get(`${path}/favourited_by`))],
      notifications: [
        ['favourite'],
        (await scene.get('/api/v1/notifications')).map(({ type }: Body) => type),
      ],
    }),
  )
}

/** An emoji, of which nothing is counted as a favourite. */
export const judgeReaction: Judge = async (scene) => {
  const path = await ownPost(scene)
  const [, code] = /^:(.+):$/.exec(String(scene.expect.emoji)) ?? []
  const emoji = code ? `${code}@${new URL(actorOf(scene)).host}` : scene.expect.emoji
  return after(scene, async () => {
    const { reactions, favourites_count: favourites } = await scene.get(path)
    const given = await scene.get(`${path}/reactions`)
    return differences({
      emojis: [[emoji], reactions.map(({ name }: Body) => name)],
      picture: [scene.expect.emojiIcon, reactions[0]?.url],
      'given by': [[actorOf(scene)], given.map(({ account }: Body) => account.uri)],
      favourites: [0, favourites],
    })
  })
}

/** A vote against a post, which nobody sees. */
export const judgeDownvote: Judge = async (scene) => {
  const path = await ownPost(scene)
  return after(scene, async () =>
    differences({
      votes: [1, await Dislike.count()],
      favourites: [0, (await scene.get(path)).favourites_count],
      notifications: [[], await scene.get('/api/v1/notifications')],
    }),
  )
}

export const judgeVote: Judge = async (scene) => {
  const { poll, choices } = scene.expect as { poll?: string; choices?: string[] }
  if (!isLocalPost(scene, poll)) await scene.meanPost(String(poll), pollOf(scene.expect))
  const [to] = idsOf(isJson(scene.json.object) ? scene.json.object.to : [])
  if (to) scene.mean({ [to]: scene.beaUri })
  const id = /\d+$/.exec(String(scene.expect.poll))?.[0]
  return after(scene, async () => {
    const { options } = (await scene.get(`/api/v1/statuses/${id}`)).poll
    const voted = options.filter(({ votes_count }: Body) => votes_count > 0).map(({ title }: Body) => title)
    return differences({ votes: [choices, voted] })
  })
}

export const judgeBoost: Judge = async (scene) => {
  const { world, expect } = scene
  world.everybodyIn(scene.json)
  if (!isLocalPost(scene, expect.object)) world.note(String(expect.object))
  await scene.follow(actorOf(scene))
  return after(scene, async () => {
    const found = await Post.findOne({ where: { uri: textOf(scene.json.id) ?? '' } })
    const status = found && (await scene.get(`/api/v1/statuses/${found.id}`))
    return differences({
      actor: [expect.actor, status?.account.uri],
      object: [expect.object, status?.reblog?.uri],
      visibility: [expect.visibility === 'followers' ? 'private' : expect.visibility, status?.visibility],
    })
  })
}

export const judgeFollow: Judge = async (scene) => {
  scene.mean({ [String(scene.expect.object)]: scene.beaUri })
  return after(scene, async () => {
    const followers = await scene.get(`/api/v1/accounts/${scene.bea.account.id}/followers`)
    const notified = await scene.get('/api/v1/notifications')
    return differences({
      followers: [[actorOf(scene)], uris(followers)],
      notifications: [['follow'], notified.map(({ type }: Body) => type)],
    })
  })
}

const relationTo = async (scene: Scene, uri: string): Promise<Body> => {
  const { id } = await scene.meet(uri)
  return (await scene.get(`/api/v1/accounts/relationships?id[]=${id}`))[0]
}

export const judgeAccept: Judge = async (scene) => {
  scene.world.everybodyIn(scene.json)
  const { id } = await scene.follow(actorOf(scene), 'pending')
  scene.mean({
    [String(scene.expect.object)]: `${scene.beaUri}/follows/${id}`,
    [String(scene.expect.follower)]: scene.beaUri,
  })
  return after(scene, async () =>
    differences({ following: [true, (await relationTo(scene, actorOf(scene))).following] }),
  )
}

export const judgeBlock: Judge = async (scene) => {
  scene.mean({ [String(scene.expect.object)]: scene.beaUri })
  return after(scene, async () =>
    differences({ blocked: [true, (await relationTo(scene, actorOf(scene))).blocked_by] }),
  )
}

/** What is undone is done first, and seen. */
export const judgeUndo: Judge = async (scene) => {
  const { json, expect } = scene
  const target = String(expect.target ?? '')
  if (expect.undoes === 'Follow') scene.mean({ [target]: scene.beaUri })
  const id = await scene.meanPost(expect.undoes === 'Follow' ? '' : target)
  const post = `${scene.beaUri}/posts/${id}`
  const done: Json = isJson(scene.json.object)
    ? scene.json.object
    : { id: scene.json.object, type: 'Like', actor: json.actor, object: post }
  const count = async () => {
    const status = await scene.get(`/api/v1/statuses/${id}`)
    const followers = await scene.get(`/api/v1/accounts/${scene.bea.account.id}/followers`)
    return status.favourites_count + status.reblogs_count + followers.length
  }
  scene.world.everybodyIn(json)
  await scene.deliver(done)
  const before = await count()
  return after(scene, async () =>
    differences({
      'before and after': [
        [1, 0],
        [before, await count()],
      ],
    }),
  )
}

/** A post, or somebody with their post, is there before and gone afterwards. */
export const judgeDelete: Judge = async (scene) => {
  const { world, expect, json } = scene
  const [actor, object] = [actorOf(scene), String(expect.object)]
  world.everybodyIn(json)
  if (!world.answer(actor)) world.person(actor)
  const uri = actor === object ? `${actor}/a-post` : object
  const author = String(expect.reason ? `${new URL(object).origin}/author` : actor)
  if (author !== actor) world.person(author)
  const { id } = await scene.follow(author).then(() => scene.meet(author))
  const note = { id: uri, type: 'Note', attributedTo: author, content: '<p>x</p>', to: ['as:Public'] }
  await scene.deliver({ id: `${uri}#made`, type: 'Create', actor: author, object: note })
  const before = await scene.status(uri)
  world.gone(uri)
  return after(scene, async () => {
    const { status } = await scene.app.get(`/api/v1/statuses/${before?.id}`)
    const account = (await scene.app.get(`/api/v1/accounts/${id}`)).status
    const isModerator = author !== actor
    return differences({
      'post before': [uri, before?.uri],
      'post afterwards': [isModerator ? 200 : 404, status],
      account: [actor === object ? [404, 410].includes(account) && account : undefined, account],
    })
  })
}

export const judgeFlag: Judge = async (scene) => {
  const flagged = idsOf(scene.expect.object)
  const people = flagged.filter((uri) => /\/(users|u)\/[^/]+$/.test(uri))
  for (const uri of flagged.filter((each) => !people.includes(each))) await scene.meanPost(uri)
  scene.mean(Object.fromEntries(people.map((uri) => [uri, scene.beaUri])))
  return after(scene, async () => {
    const [report] = await Report.findAll()
    return differences({
      comment: [scene.expect.comment, report?.comment],
      about: [scene.bea.account.id, report?.targetId],
      posts: [flagged.length - people.length, report?.postIds?.length],
    })
  })
}

export const judgeMove: Judge = async (scene) => {
  const { world, expect } = scene
  const [from, to] = [actorOf(scene), String(expect.target)]
  world.person(to, { alsoKnownAs: [from] })
  world.person(from)
  await scene.follow(from)
  world.person(from, { movedTo: to })
  return after(scene, async () => {
    const { id } = await scene.meet(from)
    const [old, now] = [await relationTo(scene, from), await relationTo(scene, to)]
    return differences({
      moved: [to, (await scene.get(`/api/v1/accounts/${id}`)).moved?.uri],
      'follow of the new one': [true, now.following || now.requested],
      'follow of the old one': [false, old.following],
    })
  })
}

/** A post of the actor that they pin. */
export const judgePin: Judge = async (scene) => {
  const { world, expect } = scene
  const actor = actorOf(scene)
  world.person(actor, { featured: expect.target })
  world.note(String(expect.object), { attributedTo: actor })
  await scene.follow(actor)
  return after(scene, async () => {
    const { id } = await scene.meet(actor)
    return differences({
      pinned: [[expect.object], uris(await scene.get(`/api/v1/accounts/${id}/statuses?pinned=true`))],
    })
  })
}

/** A post of ours is quoted, after asking: that is answered with a stamp, and seen. */
export const judgeQuoteRequest: Judge = async (scene) => {
  const { expect } = scene
  scene.world.note(String(expect.instrument))
  return after(scene, async () => {
    const id = /\d+$/.exec(String(expect.object))?.[0]
    const [accept] = await scene.sent('Accept')
    return differences({
      'accepted with a stamp': [true, textOf(accept?.result) !== undefined],
      quotes: [[expect.instrument], uris(await scene.get(`/api/v1/statuses/${id}/quotes`))],
    })
  })
}

/** A post of ours is liked, after asking: that is answered with a stamp, and seen. */
export const judgeInteractionRequest: Judge = async (scene) => {
  const path = await ownPost(scene)
  return after(scene, async () => {
    const [accept] = await scene.sent('Accept')
    return differences({
      'accepted with a stamp': [true, textOf(accept?.result) !== undefined],
      'favourited by': [[actorOf(scene)], uris(await scene.get(`${path}/favourited_by`))],
    })
  })
}
