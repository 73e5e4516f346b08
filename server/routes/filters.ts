import { z } from 'zod'
import { actingId } from '#core/actor'
import { changeFilter } from '#core/filters/change-filter'
import { createFilter } from '#core/filters/create-filter'
import { deleteFilter } from '#core/filters/delete-filter'
import { filtersOf } from '#core/filters/filter.queries'
import { findFilter } from '#core/filters/find-filter'
import { filterInput, filterParts, readFilter } from '../input/filter.ts'
import { id } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { filterJson } from '../serializers/filter.ts'

const read = ['read:filters']
const write = ['write:filters']
const one = z.looseObject({ id: id() })
const change = z.looseObject({ id: id(), ...filterParts })

const update: Handler<z.output<typeof change>> = async (ctx, { id: filterId, ...input }) =>
  filterJson(await changeFilter(ctx, { filterId, ...readFilter(input) }))

export default routes('/api/v2/filters', (r) => {
  r.get('/', { scopes: read, answers: 'Array<Filter>' }, async (ctx) =>
    (await filtersOf(ctx, [actingId(ctx)])).map(filterJson),
  )
  r.get('/:id', { scopes: read, input: one, answers: 'Filter' }, async (ctx, { id: filterId }) =>
    filterJson(await findFilter(ctx, { filterId })),
  )
  r.post('/', { scopes: write, input: filterInput, answers: 'Filter' }, async (ctx, input) => {
    const { title = '', contexts = [], ...wish } = readFilter(input)
    return filterJson(await createFilter(ctx, { title, contexts, ...wish }))
  })
  r.put('/:id', { scopes: write, input: change, answers: 'Filter' }, update)
  r.patch('/:id', { scopes: write, input: change, answers: 'Filter' }, update)
  r.delete('/:id', { scopes: write, input: one, answers: 'Empty' }, (ctx, { id: filterId }) =>
    deleteFilter(ctx, { filterId }),
  )
})
