import { z } from 'zod'
import { addKeyword } from '#core/filters/add-keyword'
import { changeKeyword } from '#core/filters/change-keyword'
import { findFilter } from '#core/filters/find-filter'
import { findKeyword } from '#core/filters/find-keyword'
import { removeKeyword } from '#core/filters/remove-keyword'
import { bool, id, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { keywordJson } from '../serializers/filter.ts'

const read = ['read:filters']
const write = ['write:filters']
const one = z.looseObject({ id: id() })
const parent = z.looseObject({ filter_id: id() })
const parts = { keyword: text(), whole_word: bool() }
const change = z.looseObject({ id: id(), ...parts })

const update: Handler<z.output<typeof change>> = async (ctx, { id: keywordId, keyword, whole_word: whole }) =>
  keywordJson(await changeKeyword(ctx, { keywordId, keyword, isWholeWord: whole }))

export default routes('/api/v2/filters', (r) => {
  r.get(
    '/:filter_id/keywords',
    { scopes: read, input: parent, answers: 'Array<FilterKeyword>' },
    async (ctx, { filter_id: filterId }) => (await findFilter(ctx, { filterId })).keywords.map(keywordJson),
  )
  r.post(
    '/:filter_id/keywords',
    { scopes: write, input: z.looseObject({ filter_id: id(), ...parts }), answers: 'FilterKeyword' },
    async (ctx, { filter_id: filterId, keyword = '', whole_word: isWholeWord }) =>
      keywordJson(await addKeyword(ctx, { filterId, keyword, isWholeWord })),
  )
  r.get('/keywords/:id', { scopes: read, input: one, answers: 'FilterKeyword' }, async (ctx, asked) =>
    keywordJson((await findKeyword(ctx, { keywordId: asked.id })).keyword),
  )
  r.put('/keywords/:id', { scopes: write, input: change, answers: 'FilterKeyword' }, update)
  r.patch('/keywords/:id', { scopes: write, input: change, answers: 'FilterKeyword' }, update)
  r.delete('/keywords/:id', { scopes: write, input: one, answers: 'Empty' }, (ctx, { id: keywordId }) =>
    removeKeyword(ctx, { keywordId }),
  )
})
