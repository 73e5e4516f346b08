/** What structured data says of an article; empty texts where it says nothing. */
export type ArticleData = {
  title: string
  description: string
  language: string
  authorName: string
  authorUrl: string
  publisherName: string
  publishedAt: string
}

const articles =
  /^(.*Article|BlogPosting|.*NewsArticle|Report|WebPage|VideoObject|PodcastEpisode|SocialMediaPosting)$/
const LONGEST = 200_000
const nothing: ArticleData = {
  title: '',
  description: '',
  language: '',
  authorName: '',
  authorUrl: '',
  publisherName: '',
  publishedAt: '',
}

type Json = Record<string, unknown>

/** Reads JSON-LD of any quality: the first article among it; what is none, or no JSON, says nothing. */
export function readData(texts: readonly string[]): ArticleData {
  const found = texts.flatMap((text) => objectsIn(parse(text))).find(isArticle)
  if (!found) return nothing
  const author = first(found.author)
  return {
    title: textOf(found.headline) || textOf(found.name),
    description: textOf(found.description),
    language: textOf(found.inLanguage),
    authorName: textOf(author) || textOf(isJson(author) ? first(author.name) : undefined),
    authorUrl: isJson(author) ? textOf(author.url) : '',
    publisherName: isJson(found.publisher) ? textOf(found.publisher.name) : '',
    publishedAt: textOf(found.datePublished),
  }
}

function parse(text: string): unknown {
  if (text.length > LONGEST) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The objects on top, in lists and in `@graph`. */
function objectsIn(value: unknown): Json[] {
  const list = Array.isArray(value) ? value : [value]
  const tops = list.filter(isJson)
  const graphs = tops.map((each) => each['@graph']).filter((graph) => Array.isArray(graph))
  return [...tops, ...graphs.flat().filter(isJson)]
}

const isArticle = (value: Json): boolean => articles.test(textOf(first(value['@type'])))
