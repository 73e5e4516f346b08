import { z } from 'zod'
import { limits } from '#config/limits'
import { actingId } from '#core/actor'
import { changePhrase } from '#core/filters/change-phrase'
import { createFilter } from '#core/filters/create-filter'
import { filtersOf } from '#core/filters/filter.queries'
import { findKeyword } from '#core/filters/find-keyword'
import { removePhrase } from '#core/filters/remove-phrase'
import { keywordOf } from '#core/filters/filter.policy'
import { Answer } from '../answers.ts'
import { contexts, expiresIn } from '../input/filter.ts'
import { bool, id, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { phraseJson } from '../serializers/filter.ts'

const read = ['read:filters']
const write = ['write:filters']
const one = z.looseObject({ id: id() })
const parts = {
  phrase: text(),
  context: contexts(),
  irreversible: bool(),
  whole_word: bool(),
  expires_in: expiresIn(),
}
const change = z.looseObject({ id: id(), ...parts })

/** Filters of v1 are one keyword each; they have been deprecated since Mastodon 4.0 (HTTP-20). */
const deprecated = (body: unknown): Answer => new Answer(200, body, { Deprecation: '@1668384000' })

const update: Handler<z.output<typeof change>> = async (ctx, { id: keywordId, ...input }) => {
  const { filter, keyword } = await changePhrase(ctx, {
    keywordId,
    keyword: input.phrase,
    isWholeWord: input.whole_word,
    contexts: input.context,
    isIrreversible: input.irreversible,
    expiresIn: input.expires_in,
  })
  return deprecated(phraseJson(filter, keyword))
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
  return deprecated(phraseJson(filter, filter.keywords[0]!))
}

export default routes('/api/v1/filters', (r) => {
  r.get('/', { scopes: read, answers: 'Array<V1::Filter>' }, async (ctx) => {
    const filters = await filtersOf(ctx, [actingId(ctx)])
    return deprecated(
      filters.flatMap((filter) => filter.keywords.map((keyword) => phraseJson(filter, keyword))),
    )
  })
  r.get('/:id', { scopes: read, input: one, answers: 'V1::Filter' }, async (ctx, { id: keywordId }) => {
    const { filter, keyword } = await findKeyword(ctx, { keywordId })
    return deprecated(phraseJson(filter, keyword))
  })
  r.post('/', { scopes: write, input: z.looseObject(parts), answers: 'V1::Filter' }, create)
  r.put('/:id', { scopes: write, input: change, answers: 'V1::Filter' }, update)
  r.patch('/:id', { scopes: write, input: change, answers: 'V1::Filter' }, update)
  r.delete('/:id', { scopes: write, input: one, answers: 'Empty' }, async (ctx, { id: keywordId }) => {
    await removePhrase(ctx, { keywordId })
    return deprecated({})
  })
})
