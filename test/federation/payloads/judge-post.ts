import { load } from 'cheerio'
import { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { normalizeHashtag } from '#core/text/normalize-hashtag'
import { idOf, isJson, type Json, objectsOf, textOf, typeOf } from '#federation/properties'
import type { Expectation } from '#test/support/payloads'
import { type Body, differences, type Scene, sorted } from './scene.ts'

const visibilities: Record<string, string> = {
  public: 'public',
  unlisted: 'unlisted',
  followers: 'private',
  direct: 'direct',
}

/** What is wrong with the post of this id, as an app shows it. */
export async function flawsOfPost(scene: Scene): Promise<string[]> {
  const { expect } = scene
  const status = await scene.status(expect.id ?? '')
  if (expect.visibility === undefined) return flawsOfUnseen(scene)
  if (!status?.id) return [`there is no post ${expect.id}`]
  return [
    ...flawsOfFacts(scene, status),
    ...flawsOfText(scene, status),
    ...flawsOfPoll(scene, status),
    ...(await flawsOfTies(scene, status)),
  ]
}

const objectOf = ({ json, expect }: Scene): Json => (expect.via && isJson(json.object) ? json.object : json)

// Links are shown in the text, everything else among the media.
const linksShown = (scene: Scene, { content }: Body): number =>
  objectsOf(objectOf(scene).attachment).filter(
    (each) => typeOf(each, ['Link']) && content.includes(`href="${String(each.href)}"`),
  ).length

const flawsOfFacts = (scene: Scene, status: Body): string[] =>
  differencesOfFacts(scene.expect, status, linksShown(scene, status))

const differencesOfFacts = (expect: Expectation, status: Body, links: number): string[] =>
  differences({
    id: [expect.id, status.uri],
    author: [expect.author, status.account.uri],
    visibility: [visibilities[String(expect.visibility)], status.visibility],
    sensitive: [expect.sensitive, status.sensitive],
    attachments: [expect.attachments, status.media_attachments.length + links],
    url: [expect.url, status.url],
    published: [expect.published, status.created_at],
    'can be quoted by': [
      quotersOf(expect.quotePolicy),
      [status.quote_approval.automatic, status.quote_approval.manual],
    ],
  })

const quotersOf = (policy: unknown) => (isJson(policy) ? [policy.automatic, policy.manual] : undefined)

function flawsOfText(scene: Scene, status: Body): string[] {
  const [{ expect }, object] = [scene, objectOf(scene)]
  const isShort = ['Note', 'Question'].includes(String(expect.objectType))
  const text = load(status.content)('body').text()
  const languages = expect.languages as string[] | undefined
  const title = isShort ? undefined : textOf(expect.title)
  const hasContent = Boolean(textOf(object.content) ?? object.contentMap) || title !== undefined
  const isOneOfThem = languages?.includes(status.language) ? status.language : languages?.[0]
  return differences({
    title: [title && true, title && text.includes(title.trim())],
    warning: [isShort ? textOf(expect.summary)?.trim() : '', status.spoiler_text],
    language: [isOneOfThem, status.language],
    'is empty': [!hasContent, text === '' && !status.content.includes('<')],
    hashtags: [
      hashtagsOf(expect.hashtags),
      sorted(status.tags.map(({ name }: Body) => normalizeHashtag(name) ?? '')),
    ],
    emojis: [
      namesOf(expect.emojis),
      sorted(status.emojis.map(({ shortcode }: Body) => shortcode.toLowerCase())),
    ],
  })
}

// A hashtag with a space in it is none here.
const hashtagsOf = (named: unknown) =>
  Array.isArray(named)
    ? sorted(named.flatMap((each) => normalizeHashtag(String(each).replace('#', '')) || []))
    : undefined

const namesOf = (named: unknown) =>
  Array.isArray(named)
    ? sorted(named.map((each) => String(each).replaceAll(/[#:]/g, '').toLowerCase()))
    : undefined

function flawsOfPoll({ expect }: Scene, { poll }: Body): string[] {
  if (!expect.pollOptions) return []
  if (!poll) return ['there is no poll']
  return differences({
    options: [expect.pollOptions, poll.options.map(({ title }: Body) => title)],
    votes: [expect.votes, poll.options.map(({ votes_count }: Body) => votes_count)],
    multiple: [expect.multiple, poll.multiple],
    voters: [expect.voters, poll.voters_count],
    closed: [expect.pollClosed, poll.expired],
  })
}

/** What it answers, quotes and names. */
async function flawsOfTies(scene: Scene, status: Body): Promise<string[]> {
  const { expect } = scene
  const parent = status.in_reply_to_id
    ? await scene.get(`/api/v1/statuses/${status.in_reply_to_id}`)
    : undefined
  const ids = status.mentions.map(({ id }: Body) => id)
  const mentioned = await Account.findAll({ where: { id: ids } })
  const mentions = Array.isArray(expect.mentions) ? sorted(expect.mentions.map(String)) : undefined
  const quoted = status.quote?.quoted_status ?? (await quotedBy(scene, status))
  return differences({
    inReplyTo: [expect.inReplyTo, parent?.uri],
    mentions: [mentions, sorted(mentioned.map(accountUri))],
    quoteOf: [expect.quoteOf, quoted?.uri],
    // Apps leave out what has this class when they show the quote itself.
    'marked link': [expect.stripQuoteInlineParagraph, status.content.includes('quote-inline') || undefined],
  })
}

const quotedBy = async (scene: Scene, { quote }: Body): Promise<Body> =>
  quote?.quoted_status_id ? scene.get(`/api/v1/statuses/${quote.quoted_status_id}`) : undefined

/** What is addressed to nobody whom we know of is kept as direct, and shown to nobody (federation rule 141). */
async function flawsOfUnseen(scene: Scene): Promise<string[]> {
  const { expect } = scene
  const found = await Post.findOne({ where: { uri: String(expect.id) } })
  const author = found && (await Account.findByPk(found.authorId))
  return differences({
    author: [expect.author, author && accountUri(author)],
    visibility: ['direct', found?.visibility],
    shown: [undefined, await scene.status(String(expect.id))].map((each) => each?.id) as [unknown, unknown],
  })
}

/** Makes everybody and everything there that a post speaks of, and bea a follower of its author. */
export async function prepare(scene: Scene, object: Json, { follows = true } = {}): Promise<void> {
  const { world, expect } = scene
  const author = String(expect.author ?? expect.actor)
  world.everybodyIn({ ...object, attributedTo: author })
  world.everybodyIn(object)
  for (const uri of [object.inReplyTo, expect.inReplyTo, expect.quoteOf])
    if (idOf(uri) && !idOf(uri)!.startsWith(new URL(scene.beaUri).origin)) world.note(idOf(uri)!)
  for (const uri of (expect.mentions ?? []) as string[])
    if (uri !== scene.beaUri) {
      if (!scene.world.answer(uri)) world.person(uri)
      if (!follows) await scene.meet(uri)
    }
  if (follows) await scene.follow(author)
}
