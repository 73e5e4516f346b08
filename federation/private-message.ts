import { postUri } from '#core/addresses'
import { dialectOf, softwareAt } from '#core/instances/dialect'
import type { Named, WholePost } from './load-posts.ts'
import { linkHtml, titleHtml } from './objects/long-form.ts'
import { hostOf, isJson, type Json, objectsOf, typeOf, urlOf } from './properties.ts'
import { messageContext } from './vocabulary.ts'

type Person = Pick<Named, 'id' | 'uri'>
/** Somebody whose server knows messages from one person to one other alone, and of which type these are (wire 8.3, 18.5). */
export type Lone<P extends Person = Named> = { person: P; type: 'Note' | 'ChatMessage' }

/** Those among some people to whom a direct message goes by itself: whoever is on Lemmy, PieFed, Mbin and their kin (feature dms-02). */
export async function lonePeople<P extends Person>(people: readonly P[]): Promise<Lone<P>[]> {
  const found = await Promise.all(
    people.map(async (person) => ({
      person,
      type: person.uri ? await typeAt(hostOf(person.uri)) : undefined,
    })),
  )
  return found.flatMap(({ person, type }) => (type ? { person, type } : []))
}

async function typeAt(host: string | undefined): Promise<Lone['type'] | undefined> {
  const { name, version } = await softwareAt(host ?? '')
  if (dialectOf(name) !== 'threadiverse') return undefined
  const isOldLemmy = name === 'lemmy' && !(Number.parseInt(version ?? '', 10) >= 1)
  return isOldLemmy || name === 'mbin' || name === 'kbin' ? 'ChatMessage' : 'Note'
}

/**
 * The id of a message as one of several people gets it: by their own server each would be taken for one message with
 * changing recipients. Whoever is the only one gets the post itself.
 */
export const messageUri = (post: Parameters<typeof postUri>[0], personId: string, count: number): string =>
  count > 1 ? `${postUri(post)}#to/${personId}` : postUri(post)

/** What tells of a direct post, Create or Update, as one person gets it: for them alone, naming nobody else, and no poll. */
export function privateMessage(
  post: WholePost,
  { person, type }: Lone,
  tell: (post: WholePost) => Json,
): Json {
  const told = tell({ ...post, poll: null, mentions: [{ ...person, isSilent: false }] })
  const [uri, id] = [postUri(post), messageUri(post, person.id, post.mentions.length)]
  const note = isJson(told.object) ? told.object : {}
  const object = { ...(type === 'Note' ? note : asChat(note)), id }
  const rest = String(told.id).slice(uri.length)
  const activityId = id === uri ? told.id : `${id}${rest.replace('#', '/')}`
  return { ...told, ...(type === 'Note' ? {} : { '@context': messageContext }), id: activityId, object }
}

/** Nothing but text can be said in it, so a warning stands above that and files are linked to below it (wire 12.2). */
function asChat({
  attributedTo,
  content,
  source,
  summary,
  published,
  updated,
  to,
  tag,
  attachment,
}: Json): Json {
  const files = objectsOf(attachment).map(({ url }) => linkHtml(urlOf(url) ?? ''))
  return {
    type: 'ChatMessage',
    attributedTo,
    to,
    content: [titleHtml({ name: summary }), content, ...files].join(''),
    ...(source && files.length === 0 && !summary ? { source } : {}),
    published,
    ...(updated ? { updated } : {}),
    tag: objectsOf(tag).filter((each) => typeOf(each, ['Emoji'])),
  }
}
