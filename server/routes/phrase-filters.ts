import { z } from 'zod'
import { limits } from '#config/limits'
import { actingId } from '#core/actor'
import { changePhrase } from '#core/filters/change-phrase'
import { createFilter } from '#core/filters/create-filter'
import { filtersOf } from '#core/filters/filter.queries'
import { findKeyword } from '#core/filters/find-keyword'
import { removePhrase } from '#core/filters/remove-phrase'
import { keywordOf } from '#core/filters/filter.policy'
import { contexts, expiresIn } from '../input/filter.ts'
import { bool, id, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { phraseJson } from '../serializers/filter.ts'

// Filters of v1 are one keyword each; they have been deprecated since Mastodon 4.0 (HTTP-20).
const deprecated = 1_668_384_000
const read = { scopes: ['read:filters'], deprecated }
const write = { scopes: ['write:filters'], deprecated }
const one = z.looseObject({ id: id() })
const parts = {
  phrase: text(),
  context: contexts(),
  irreversible: bool(),
  whole_word: bool(),
  expires_in: expiresIn(),
}
const change = z.looseObject({ id: id(), ...parts })

const update: Handler<z.output<typeof change>> = async (ctx, { id: keywordId, ...input }) => {
  const { filter, keyword } = await changePhrase(ctx, {
    keywordId,
    keyword: input.phrase,
    isWholeWord: input.whole_word,
    contexts: input.context,
    isIrreversible: input.irreversible,
    expiresIn: input.expires_in,
  })
  return phraseJson(filter, keyword)
}

const create: Handler<z.output<z.ZodObject<typeof parts>>> = async (ctx, input) => {
  const keyword = keywordOf(input.phrase ?? '')
  const filter = await createFilter(ctx, {
    title: [...keyword].slice(0, limits.filter.title).join(''),
    contexts: input.context ?? [],
    action: input.irreversible ? 'hide' : 'warn',
    expiresIn: input.expires_in,
    keywords: [{ keyword, isWholeWord: input.whole_word }],
  })
  return phraseJson(filter, filter.keywords[0]!)
}

export default routes('/api/v1/filters', (r) => {
  r.get('/', { ...read, answers: 'Array<V1::Filter>' }, async (ctx) => {
    const filters = await filtersOf(ctx, [actingId(ctx)])
    return filters.flatMap((filter) => filter.keywords.map((keyword) => phraseJson(filter, keyword)))
  })
  r.get('/:id', { ...read, input: one, answers: 'V1::Filter' }, async (ctx, { id: keywordId }) => {
    const { filter, keyword } = await findKeyword(ctx, { keywordId })
    return phraseJson(filter, keyword)
  })
  r.post('/', { ...write, input: z.looseObject(parts), answers: 'V1::Filter' }, create)
  r.put('/:id', { ...write, input: change, answers: 'V1::Filter' }, update)
  r.patch('/:id', { ...write, input: change, answers: 'V1::Filter' }, update)
  r.delete('/:id', { ...write, input: one, answers: 'Empty' }, async (ctx, { id: keywordId }) => {
    await removePhrase(ctx, { keywordId })
    return {}
  })
})
