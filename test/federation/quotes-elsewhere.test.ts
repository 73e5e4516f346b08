import { postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { nowhere } from '#core/remote'
import type { Json } from '#federation/properties'
import { recheckStamps } from '#federation/recheck-stamps'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { nameOf, quotable, quoteStateOf, stampBy } from '#test/support/quote-stage'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let ann: RemoteActor
let max: RemoteActor
let stub: StubServer
let other: StubServer

beforeAll(async () => {
  ;[stub, other] = await Promise.all([startStub(), startStub()])
})
afterAll(() => Promise.all([stub.stop(), other.stop()]))

beforeEach(async () => {
  for (const each of [stub, other]) each.documents.clear()
  ;[{ alice }, ann, max] = await Promise.all([cast('alice'), stubActor(stub, 'ann'), stubActor(other, 'max')])
})

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

describe('quotes by others of posts elsewhere', () => {
  beforeEach(() => follow(alice, ann))

  test('federation rules 212, 213: only the stamp at its origin, by the author, for these two posts counts', async () => {
    const quoted = await quotable(other, max)
    const wrongs: [string, (uri: string) => Json][] = [
      ['for another post', (uri) => stampBy(max, `${uri}x`, postUri(quoted))],
      ['of another post', (uri) => stampBy(max, uri, `${postUri(quoted)}x`)],
      [
        'by another author',
        (uri) => stampBy(max, uri, postUri(quoted), { attributedTo: other.actor('eve') }),
      ],
      ['of another type', (uri) => stampBy(max, uri, postUri(quoted), { type: 'Note' })],
      ['elsewhere', (uri) => stampBy(max, uri, postUri(quoted), { id: `${ann.uri}/stamps/${nameOf('')}` })],
    ]
    for (const [title, make] of wrongs) {
      const uri = `${ann.uri}/notes/${nameOf('wrong')}`
      const stamp = make(uri)
      for (const each of [stub, other]) each.documents.set(new URL(String(stamp.id)).pathname, stamp)
      const note = noteOf(ann, uri.split('/').at(-1)!, {
        quote: postUri(quoted),
        quoteAuthorization: stamp.id,
      })
      await tell(ann, activityOf(ann, 'Create', note))
      expect([title, await quoteStateOf(uri)]).toEqual([title, 'pending'])
    }
    const uri = `${ann.uri}/notes/${nameOf('inline')}`
    const inline = stampBy(max, uri, postUri(quoted))
    const more = { quote: postUri(quoted), quoteAuthorization: inline }
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, uri.split('/').at(-1)!, more)))
    expect(await quoteStateOf(uri)).toBe('pending')
    other.serve(stampBy(max, uri, postUri(quoted), { id: inline.id }))
    const later = other.serve(stampBy(max, uri, postUri(quoted)))
    await tell(
      ann,
      activityOf(
        ann,
        'Update',
        noteOf(ann, uri.split('/').at(-1)!, { quote: postUri(quoted), quoteAuthorization: later.id }),
      ),
    )
    expect(await quoteStateOf(uri)).toBe('accepted')
    expect((await quoted.reload()).quotesCount).toBe(1)
  })

  test('R-023: a quote before its stamp stands once that comes; a stamp that ended before it never counts', async () => {
    const quoted = await quotable(other, max)
    const name = nameOf('early')
    const uri = `${ann.uri}/notes/${name}`
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, name, { quote: postUri(quoted) })))
    expect(await quoteStateOf(uri)).toBe('pending')
    const stamp = other.serve(stampBy(max, uri, postUri(quoted)))
    const stamped = noteOf(ann, name, { quote: postUri(quoted), quoteAuthorization: stamp.id })
    await tell(ann, activityOf(ann, 'Update', stamped))
    expect(await quoteStateOf(uri)).toBe('accepted')
    await tell(max, activityOf(max, 'Delete', stamp))
    expect(await quoteStateOf(uri)).toBe('revoked')
    expect((await quoted.reload()).quotesCount).toBe(0)

    const late = nameOf('late')
    const ended = other.serve(stampBy(max, `${ann.uri}/notes/${late}`, postUri(quoted)))
    await tell(max, activityOf(max, 'Delete', ended.id))
    const note = noteOf(ann, late, { quote: postUri(quoted), quoteAuthorization: ended.id })
    await tell(ann, activityOf(ann, 'Create', note))
    expect(await quoteStateOf(`${ann.uri}/notes/${late}`)).toBe('revoked')
  })

  test('federation rule 214: a stamp is looked at again after a day, and one that is gone counts no more', async () => {
    const quoted = await quotable(other, max)
    const made = async () => {
      const name = nameOf('old')
      const uri = `${ann.uri}/notes/${name}`
      const stamp = other.serve(stampBy(max, uri, postUri(quoted)))
      const more = { quote: postUri(quoted), quoteAuthorization: stamp.id }
      await tell(ann, activityOf(ann, 'Create', noteOf(ann, name, more)))
      return { uri, path: new URL(String(stamp.id)).pathname }
    }
    const [kept, gone, young] = [await made(), await made(), await made()]
    other.documents.set(gone.path, null)
    other.documents.set(young.path, null)
    await rows(
      {},
      `UPDATE quotes AS q SET checked_at = now() - interval '25 hours' FROM posts AS p
       WHERE p.id = q.post_id AND p.uri <> $1`,
      [young.uri],
    )
    await recheckStamps({ actor: { kind: 'kith' }, remote: nowhere })
    expect(await Promise.all([kept, gone, young].map(({ uri }) => quoteStateOf(uri)))).toEqual([
      'accepted',
      'revoked',
      'accepted',
    ])
    expect((await quoted.reload()).quotesCount).toBe(2)
  })

  test('R-024: who may quote changes with an Update, and neither by an older one nor by silence', async () => {
    const name = nameOf('choosy')
    const at = (minutes: number) => new Date(Date.now() + (minutes - 60) * 60_000).toISOString()
    const policies: Record<string, Json> = {
      everybody: { canQuote: { automaticApproval: [PUBLIC], manualApproval: [] } },
      followers: { canQuote: { automaticApproval: `${ann.uri}/followers`, manualApproval: PUBLIC } },
      nobody: { canQuote: { automaticApproval: [ann.uri] } },
    }
    const note = (policy: string, updated?: string) =>
      noteOf(ann, name, {
        published: at(0),
        interactionPolicy: policies[policy],
        ...(updated ? { updated } : {}),
      })
    const known = async () => {
      const found = await Post.findOne({ where: { uri: `${ann.uri}/notes/${name}` }, rejectOnEmpty: true })
      return [found.quoteAutomatic, found.quoteManual]
    }
    await tell(ann, activityOf(ann, 'Create', note('everybody')))
    expect(await known()).toEqual([['public'], []])
    await tell(ann, activityOf(ann, 'Update', note('followers')))
    expect(await known()).toEqual([['followers'], ['public']])
    await tell(ann, activityOf(ann, 'Update', { ...note('nobody', at(20)), content: '<p>edited</p>' }))
    expect(await known()).toEqual([[], []])
    await tell(ann, activityOf(ann, 'Update', note('everybody', at(10))))
    await tell(ann, activityOf(ann, 'Update', note('silence', at(30))))
    expect(await known()).toEqual([[], []])
  })

  test('somebody else cannot take a stamp back', async () => {
    const quoted = await quotable(other, max)
    const name = nameOf('quote')
    const stamp = other.serve(stampBy(max, `${ann.uri}/notes/${name}`, postUri(quoted)))
    await tell(
      ann,
      activityOf(ann, 'Create', noteOf(ann, name, { quote: postUri(quoted), quoteAuthorization: stamp.id })),
    )
    const eve = await stubActor(other, 'eve')
    await tell(eve, activityOf(eve, 'Delete', stamp.id))
    expect(await quoteStateOf(`${ann.uri}/notes/${name}`)).toBe('accepted')
  })

  test.each(['quote', '_misskey_quote', 'quoteUrl', 'quoteUri', 'quoteURL'])(
    'features quotes-02: %s names what is quoted, as an id or an object, and is fetched',
    async (property) => {
      for (const shape of [(id: unknown) => id, (id: unknown) => ({ id, type: 'Note' })]) {
        const note = other.serve(other.note('max', nameOf('silent')))
        const name = nameOf('quote')
        await tell(ann, activityOf(ann, 'Create', noteOf(ann, name, { [property]: shape(note.id) })))
        expect(await quoteStateOf(`${ann.uri}/notes/${name}`)).toBe('accepted')
      }
    },
  )

  test('FEP-e232: a link to an object that says it quotes is a quote', async () => {
    const note = other.serve(other.note('max', nameOf('silent')))
    const mediaType = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
    const link = { type: 'Link', mediaType, href: note.id }
    const named = nameOf('named')
    await tell(
      ann,
      activityOf(ann, 'Create', noteOf(ann, named, { tag: [{ ...link, name: `RE: ${String(note.id)}` }] })),
    )
    expect(await quoteStateOf(`${ann.uri}/notes/${named}`)).toBe('accepted')
    const plain = nameOf('plain')
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, plain, { tag: { ...link, name: 'see also' } })))
    expect(await quoteStateOf(`${ann.uri}/notes/${plain}`)).toBe('no quote')
  })

  test('the address at the end of a text without its class is marked as the quote', async () => {
    const note = other.serve(other.note('max', nameOf('silent')))
    const name = nameOf('misskey')
    const link = `<a href="${String(note.id)}">${String(note.id)}</a>`
    const content = `<p><span>look<br><br>RE: </span>${link}</p>`
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, name, { content, _misskey_quote: note.id })))
    const found = await Post.findOne({ where: { uri: `${ann.uri}/notes/${name}` }, rejectOnEmpty: true })
    expect(found.html).toMatch(/^<p><span>look<\/span><span class="quote-inline"><br ?\/?><br ?\/?>RE: <a /)
  })

  test('federation rule 100: quotes are fetched two deep, and a circle is no quote', async () => {
    const chain = Array.from({ length: 4 }, () => other.note('max', nameOf('chain')))
    for (const [at, note] of chain.entries()) other.serve({ ...note, quote: chain[at + 1]?.id ?? null })
    const name = nameOf('top')
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, name, { quote: chain[0]?.id })))
    const there = await Promise.all(
      chain.map(async ({ id }) => (await Post.count({ where: { uri: String(id) } })) === 1),
    )
    expect(there).toEqual([true, true, false, false])
    const self = nameOf('self')
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, self, { quote: `${ann.uri}/notes/${self}` })))
    const [one, two] = [nameOf('circle'), nameOf('circle')]
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, one, { quote: `${ann.uri}/notes/${two}` })))
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, two, { quote: `${ann.uri}/notes/${one}` })))
    expect(await quoteStateOf(`${ann.uri}/notes/${self}`)).toBe('no quote')
    expect(await quoteStateOf(`${ann.uri}/notes/${one}`)).toBe('pending')
    expect(await quoteStateOf(`${ann.uri}/notes/${two}`)).toBe('accepted')
  })
})
