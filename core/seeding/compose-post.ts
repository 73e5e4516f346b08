import { accountUrl } from '../addresses.ts'
import { composeText } from '../text/compose-text.ts'
import { normalizeHashtag } from '../text/normalize-hashtag.ts'
import { instance } from '#config/instance'
import type { Chance } from './chance.ts'
import type { Person, PostPlan } from './community.ts'
import { emojis, type Phrases, phrases, warnings } from './phrases.ts'

/** What a post says: its text, its HTML, the hashtags and the people in it. */
export type Said = {
  text: string
  html: string
  spoilerText: string
  language: string
  tags: string[]
  mentioned: Person[]
}

/** Makes up what the post of that number says, in its author's language. */
export function composePost(plan: PostPlan, number: number, people: readonly Person[], chance: Chance): Said {
  const author = people[plan.author[number] ?? 0]
  const answered = people[plan.replyToAccount[number] ?? -1]
  const language = author?.language ?? 'en'
  const words = phrases[language] ?? phrases.en
  if (!author || !words) throw new RangeError(`nobody wrote post ${number}`)
  const mentioned = mentionsOf(author, answered, people, chance)
  const tags = answered ? [] : tagsOf(words, chance)
  const text = [
    ...mentioned.map(({ username }) => `@${username}`),
    ...(answered ? [chance.pick(words.answers)] : sentences(words, chance)),
    ...(chance.happens(0.2) ? [chance.pick(emojis)] : []),
  ].join(' ')
  const whole = tags.length > 0 ? `${text}\n\n${tags.map((tag) => `#${tag}`).join(' ')}` : text
  const spoilerText = !answered && chance.happens(0.04) ? chance.pick(warnings) : ''
  return { text: whole, html: htmlOf(whole, mentioned), spoilerText, language, tags, mentioned }
}

function mentionsOf(
  author: Person,
  answered: Person | undefined,
  people: readonly Person[],
  chance: Chance,
): Person[] {
  if (answered) return answered === author ? [] : [answered]
  const friend = chance.happens(0.05) ? chance.pick(people) : author
  return friend === author ? [] : [friend]
}

const sentences = ({ says }: Phrases, chance: Chance): string[] => {
  const count = chance.happens(0.45) ? 1 : chance.happens(0.7) ? 2 : 3
  return Array.from({ length: count }, () => chance.pick(says))
}

// The first tags of a language are the frequent ones.
function tagsOf({ tags }: Phrases, chance: Chance): string[] {
  if (!chance.happens(0.3)) return []
  const count = 1 + chance.below(3)
  const found = Array.from({ length: count }, () => tags[Math.floor(tags.length * chance.next() ** 2)] ?? '')
  return [...new Set(found)]
}

const htmlOf = (text: string, mentioned: readonly Person[]): string =>
  composeText(text, {
    origin: instance.origin,
    format: 'post',
    mentions: new Map(
      mentioned.map(({ id, username }) => [
        username,
        { url: accountUrl({ id, username, uri: null, url: null }), username, acct: username },
      ]),
    ),
  })

/** Every hashtag that is used, as it is compared and as it is typed. */
export const allTags = (): { name: string; display: string }[] =>
  [...new Set(Object.values(phrases).flatMap(({ tags }) => tags))].map((display) => ({
    name: normalizeHashtag(display) ?? display,
    display,
  }))
