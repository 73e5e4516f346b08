import { getDomain } from 'tldts'
import { instance } from '#config/instance'
import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import { isBarredDomain } from '#core/instances/instance.policy'
import { findEmojis } from '#core/media/find-emojis'
import { isWeb } from '#core/posts/remote-post'
import type { Facts } from '#platform/facts'
import type { Picture } from '#core/reactions/reaction.model'
import { normalizeEmoji } from '#core/text/normalize-emoji'
import { renderEmoji } from './account.ts'
import { hostOf, type Json, objectsOf, textOf, typeOf, urlOf } from '../properties.ts'

/** What a Like of ours says; null for a favourite. Others shall see a favourite at least (feature emoji-reactions-01). */
export function renderReaction({ emoji, picture }: Facts['reaction.added']): Json | null {
  if (emoji === '') return null
  const [code = '', domain] = emoji.split('@')
  const said = picture ? `:${code}:` : emoji
  const { id, ...tag } = picture ? renderEmoji({ shortcode: code, ...picture }) : {}
  // Only of our own emojis we know the id.
  const tags = picture ? { tag: [domain ? tag : { id, ...tag }] } : {}
  return { content: said, _misskey_reaction: said, ...tags }
}

/** What somebody says of a post: without an emoji it is a favourite. */
export type SaidReaction = { emoji: string; picture: Picture | null; isOnly: boolean }

// What Misskey said before it had emojis.
const words: ReadonlyMap<string, string> = new Map([
  ['like', '👍'],
  ['love', '❤️'],
  ['laugh', '😆'],
  ['hmm', '🤔'],
  ['surprise', '😮'],
  ['congrats', '🎉'],
  ['angry', '💢'],
  ['confused', '😥'],
  ['rip', '😇'],
  ['pudding', '🍮'],
  ['star', '⭐'],
])
// What others mean when they like something (feature emoji-reactions-03).
const plain = new Set(['❤️', '⭐'])

/**
 * What a Like or EmojiReact says (wire 8.7): one emoji, or one custom emoji that it brings along. A Like that says anything
 * else is a favourite; an EmojiReact that does says nothing, and undefined is given (feature emoji-reactions-04).
 */
export async function readReaction(json: Json, actor: Account): Promise<SaidReaction | undefined> {
  const isLike = typeOf(json, ['Like']) !== undefined
  const isOnly = textOf(json._misskey_reaction) !== undefined
  for (const said of [json._misskey_reaction, json.content, json.name]) {
    const text = textOf(said)?.trim()
    const word = isLike && text ? words.get(text) : undefined
    const emoji = text && (word ?? normalizeEmoji(text))
    if (emoji) return { emoji: isLike && plain.has(emoji) ? '' : emoji, picture: null, isOnly }
    const custom = text && (await readCustom(text, json.tag, actor))
    if (custom) return { ...custom, isOnly }
  }
  return isLike ? { emoji: '', picture: null, isOnly } : undefined
}

const CODE = /^([\p{L}\p{N}_.+-]{1,100})(?:@([^@/\s]{1,253}))?$/u
const bare = (name: string): string => name.replaceAll(/^:|:$/g, '')
const MOST = 100

/** A custom emoji by its code, with its host so that equal names do not mix (feature emoji-reactions-07). */
async function readCustom(text: string, tags: unknown, actor: Account) {
  const [, code, host] = CODE.exec(bare(text)) ?? []
  if (!code) return undefined
  const tag = objectsOf(tags)
    .slice(0, MOST)
    .find((each) => typeOf(each, ['Emoji']) && bare(textOf(each.name) ?? '').split('@')[0] === code)
  const url = tag && urlOf(objectsOf(tag.icon)[0]?.url ?? tag.icon, 'image/png')
  const domain = domainOf(host, textOf(tag?.id), url, actor)
  if (domain === instance.domain) return ownEmoji(code)
  if (!domain || !url || !isWeb(url) || (await isUnwanted([domain, hostOf(url) ?? ''], actor)))
    return undefined
  return { emoji: `${code}@${domain}`, picture: { url, staticUrl: url } }
}

// What it looks like only we say.
async function ownEmoji(code: string) {
  const [own] = await findEmojis({}, `:${code}:`)
  return own && { emoji: own.shortcode, picture: { url: own.url, staticUrl: own.staticUrl } }
}

const isUnwanted = async (hosts: readonly string[], { domain }: Account): Promise<boolean> => {
  for (const host of hosts) if (host !== domain && (await isBarredDomain(host))) return true
  return false
}

/** Whose emoji it is: as it is called, else whose id it has, else from where its picture comes. */
function domainOf(
  said: string | undefined,
  id: string | undefined,
  url: string | undefined,
  actor: Account,
): string | null {
  const named = said && said !== '.' ? hostOf(`https://${said}`) : undefined
  const host = named ?? hostOf(id) ?? hostOf(url)
  if (!host || host === hostOf(accountUri(actor)) || host === actor.domain) return actor.domain
  if (host === instance.webHost || host === instance.domain) return instance.domain
  // Servers keep their pictures under names beside their own.
  const isBeside =
    !named && !hostOf(id) && getDomain(host) !== null && getDomain(host) === getDomain(actor.domain ?? '')
  return isBeside ? actor.domain : host
}
