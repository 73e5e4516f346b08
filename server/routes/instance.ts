import { countActive, countFigures } from '#core/instances/instance.queries'
import { readSettings } from '#core/instances/read-settings'
import type { Ctx } from '#core/ctx'
import { translationLanguages } from '#core/posts/translation/translation-languages'
import { Answer } from '../answers.ts'
import { routes } from '../routes.ts'
import { accountsJson } from '../serializers/account.ts'
import { languagesJson } from '../serializers/language.ts'
import { type InstanceFacts, instanceJson, instanceV1Json, rulesJson } from '../serializers/instance.ts'

const open = { access: 'none' } as const
const kept = { 'Cache-Control': 'public, max-age=60' }

async function factsOf(ctx: Ctx): Promise<InstanceFacts> {
  const settings = await readSettings(ctx)
  const { contactAccountId: id } = settings
  const [figures, activeMonth, contacts] = await Promise.all([
    countFigures(ctx),
    countActive(ctx),
    id ? accountsJson(ctx, [{ id }]) : [],
  ])
  return { settings, figures, activeMonth, contact: contacts[0] ?? null }
}

export default routes('/api', (r) => {
  r.get(
    '/v2/instance',
    { ...open, answers: 'Instance' },
    async (ctx) => new Answer(200, instanceJson(await factsOf(ctx)), kept),
  )
  r.get(
    '/v1/instance',
    // 2022-11-14, when the second version came (HTTP-20).
    { ...open, answers: 'V1::Instance', deprecated: 1_668_384_000 },
    async (ctx) => new Answer(200, instanceV1Json(await factsOf(ctx)), kept),
  )
  r.get('/v1/instance/rules', { ...open, answers: 'Array<Rule>' }, async (ctx) =>
    rulesJson((await readSettings(ctx)).rules),
  )
  r.get('/v1/instance/languages', { ...open, answers: 'Array<Language>' }, async () => languagesJson)
  r.get(
    '/v1/instance/translation_languages',
    { ...open, answers: 'TranslationLanguages' },
    translationLanguages,
  )
})
