import { accountUri, postUri } from '#core/addresses'
import type { Json } from '#federation/properties'
import { authorAt, type Stage, storyTime } from './order-stage.ts'

/** What one scene of the story is made with; `n` tells the scenes apart. */
class Scene {
  readonly stage: Stage
  readonly n: number
  readonly author: string
  readonly other: string
  #step = 0

  constructor(stage: Stage, n: number) {
    this.stage = stage
    this.n = n
    this.author = authorAt(n)
    this.other = authorAt(n + 7)
  }

  /** Does every other scene of a kind go on to take back what was done? */
  get isTakenBack(): boolean {
    return Math.floor(this.n / kinds.length) % 2 === 1
  }

  get ours(): Stage['own'][number] {
    const { own } = this.stage
    return own[this.n % own.length]!
  }

  get alice(): string {
    return accountUri(this.stage.alice.account)
  }

  time = (): string => storyTime(60 + this.n * 10 + (this.#step += 1)).toISOString()

  /** A note that stands at its origin as it is in the end. */
  note = (who: string, name: string, more: Json = {}): Json =>
    this.stage.stub.serve(this.stage.stub.note(who, `${name}${this.n}`, { published: this.time(), ...more }))

  act = (who: string, type: string, object: unknown, more: Json = {}): Json =>
    this.stage.stub.activity(who, type, object, { published: this.time(), ...more })

  /** A Create, to whom its note is. */
  create = (who: string, note: Json): Json => this.act(who, 'Create', note, { to: note.to, cc: note.cc })

  /** A Delete, after which the origin has nothing any more. */
  remove(who: string, note: Json): Json {
    this.stage.stub.documents.set(new URL(String(note.id)).pathname, null)
    return this.act(who, 'Delete', note.id)
  }

  /** Something, and in every other scene the Undo of it. */
  maybe = (who: string, done: Json): Json[] =>
    this.isTakenBack ? [done, this.act(who, 'Undo', done)] : [done]
}

const edited = (scene: Scene): Json[] => {
  const { author, alice } = scene
  const tag = [{ type: 'Mention', href: alice, name: '@alice' }]
  const note = scene.note(author, 'edited', { tag })
  const edit = (at: number): Json => ({ ...note, content: `<p>edit ${at}</p>`, updated: scene.time() })
  const edits = [edit(1), edit(2), edit(3)]
  scene.stage.stub.serve(edits[2]!)
  return [scene.create(author, note), ...edits.map((each) => scene.act(author, 'Update', each))]
}

const vote = (scene: Scene): Json[] => {
  const { poll, bob, stub } = scene.stage
  const to = [accountUri(bob.account)]
  const who = `voter${scene.n}`
  const name = scene.isTakenBack ? 'Tea' : 'Milk'
  const note = stub.note(who, `vote${scene.n}`, {
    name,
    inReplyTo: postUri(poll),
    to,
    cc: [],
    content: undefined,
  })
  return [scene.act(who, 'Create', note, { to })]
}

/** What happens: each comes to the same in whatever order and however often its activities come. */
const kinds: ((scene: Scene) => Json[])[] = [
  (scene) => [scene.create(scene.author, scene.note(scene.author, 'plain'))],
  edited,
  (scene) => {
    const note = scene.note(scene.author, 'gone')
    return [scene.create(scene.author, note), scene.remove(scene.author, note)]
  },
  (scene) => {
    const note = scene.note(scene.author, 'answer', { inReplyTo: postUri(scene.ours) })
    const all = [scene.create(scene.author, note)]
    return scene.isTakenBack ? [...all, scene.remove(scene.author, note)] : all
  },
  (scene) => {
    const parent = scene.note(scene.author, 'parent')
    const child = scene.note(scene.other, 'child', { inReplyTo: parent.id })
    const all = [scene.create(scene.author, parent), scene.create(scene.other, child)]
    return scene.isTakenBack ? [...all, scene.remove(scene.author, parent)] : all
  },
  (scene) => scene.maybe(`fan${scene.n}`, scene.act(`fan${scene.n}`, 'Like', postUri(scene.ours))),
  (scene) => scene.maybe(scene.author, scene.act(scene.author, 'Announce', postUri(scene.ours))),
  (scene) => {
    const note = scene.note(`stranger${scene.n}`, 'far')
    return scene.maybe(scene.author, scene.act(scene.author, 'Announce', note.id))
  },
  (scene) => {
    const note = scene.note(scene.other, 'passing')
    return [
      scene.create(scene.other, note),
      scene.act(scene.author, 'Announce', note.id),
      scene.remove(scene.other, note),
    ]
  },
  (scene) => scene.maybe(`fan${scene.n}`, scene.act(`fan${scene.n}`, 'Follow', scene.alice)),
  (scene) => scene.maybe(`foe${scene.n}`, scene.act(`foe${scene.n}`, 'Block', scene.alice)),
  // Block beats Follow.
  (scene) => ['Follow', 'Block'].map((type) => scene.act(`foe${scene.n}`, type, scene.alice)),
  (scene) => {
    const tag = [{ type: 'Mention', href: scene.alice, name: '@alice' }]
    const note = scene.note(`friend${scene.n}`, 'direct', { to: [scene.alice], cc: [], tag })
    return [scene.create(`friend${scene.n}`, note)]
  },
  vote,
  (scene) => [
    scene.act(`fan${scene.n}`, 'Flag', [scene.alice, postUri(scene.ours)], { content: `report ${scene.n}` }),
  ],
  (scene) =>
    scene.maybe(
      `fan${scene.n}`,
      scene.act(`fan${scene.n}`, 'EmojiReact', postUri(scene.ours), { content: '🎉' }),
    ),
  (scene) => [scene.act(scene.author, 'Update', scene.stage.stub.actor(scene.author))],
  (scene) => {
    const idol = `idol${Math.floor(scene.n / kinds.length)}`
    const id = `${scene.alice}/follows/${scene.stage.asked.get(idol)}`
    const object = { id, type: 'Follow', actor: scene.alice, object: scene.stage.stub.actor(idol) }
    return [scene.act(idol, 'Accept', object, { to: [scene.alice] })]
  },
]

/** How many people of the story must have been asked for a follow before, when it is so long. */
export const idolsOf = (scenes: number): number => Math.ceil(scenes / kinds.length)

/** How many scenes come to so many activities. */
export const scenesOf = (activities: number): number => Math.round((activities * kinds.length) / AVERAGE)

// Activities of two rounds of all kinds, of which the second takes back, for one round.
const AVERAGE = 29.5

/** The activities of a story of so many scenes, in their order; the same on every stage. */
export const tellStory = (stage: Stage, scenes: number): Json[] =>
  Array.from({ length: scenes }, (_, n) => new Scene(stage, n)).flatMap((scene) =>
    kinds[scene.n % kinds.length]!(scene),
  )
