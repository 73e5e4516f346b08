import { isJson, type Json } from '#federation/properties'
import type { Expectation } from '#test/support/payloads'
import { flawsOfPost, prepare } from './judge-post.ts'
import { type Body, differences, Scene } from './scene.ts'

const groupOf = ({ expect }: Scene): string => String(expect.group)

/** What a group passes on, to somebody who follows it. */
export async function judgeRelayed(scene: Scene): Promise<string[]> {
  const { world, json, expect } = scene
  world.everybodyIn(json)
  world.person(groupOf(scene), { type: 'Group' })
  await scene.follow(groupOf(scene))
  const inner = expect.inner as Expectation
  return inner.kind === 'post' ? judgePost(scene, inner) : judgeVotes(scene, inner)
}

/** The post is here, and its thread begins in the timeline as one of the group. */
async function judgePost(scene: Scene, inner: Expectation): Promise<string[]> {
  const create = isJson(scene.json.object) ? scene.json.object : {}
  const part = new Scene(scene.world, scene.bea, { json: create, expect: inner })
  await prepare(part, isJson(create.object) ? create.object : {}, { follows: false })
  const refused = await scene.deliver()
  const [first] = await scene.get('/api/v1/timelines/home')
  return [
    ...refused,
    ...(await flawsOfPost(part)),
    ...differences({ group: [groupOf(scene), first?.account.uri], thread: [inner.id, first?.reblog?.uri] }),
  ]
}

const favourites = async (scene: Scene, id: string): Promise<number> =>
  (await scene.get(`/api/v1/statuses/${id}`)).favourites_count

/** A Like, or its Undo after it was passed on too. */
async function judgeVotes(scene: Scene, inner: Expectation): Promise<string[]> {
  const undone = inner.undoes === 'Like'
  const id = await scene.meanPost(String(undone ? inner.target : inner.object))
  const undo = isJson(scene.json.object) ? scene.json.object : {}
  if (undone) await scene.deliver({ ...scene.json, id: `${String(scene.json.id)}#1`, object: undo.object })
  const before = await favourites(scene, id)
  const refused = await scene.deliver()
  const wanted = undone ? [1, 0] : [0, 1]
  return [...refused, ...differences({ 'before and after': [wanted, [before, await favourites(scene, id)]] })]
}

/** Many at once: each likes for themselves. */
export async function judgeBatch(scene: Scene): Promise<string[]> {
  const { world, json, expect } = scene
  world.everybodyIn(json)
  world.person(groupOf(scene), { type: 'Group' })
  await scene.follow(groupOf(scene))
  const refused = await scene.deliver()
  const [first] = json.object as Json[]
  const id = /\d+$/.exec(String(first?.object))?.[0] ?? ''
  const liked = await scene.get(`/api/v1/statuses/${id}/favourited_by`)
  const wanted = (expect.inner as Expectation[])
    .filter(({ kind }) => kind === 'like')
    .map(({ actor }) => actor)
  return [
    ...refused,
    ...differences({ likes: [wanted.toSorted(), liked.map(({ uri }: Body) => uri).toSorted()] }),
  ]
}
