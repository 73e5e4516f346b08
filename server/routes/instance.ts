import { countActive, countFigures, knownDomains } from '#core/instances/instance.queries'
import { readSettings } from '#core/instances/read-settings'
import type { Ctx } from '#core/ctx'
import { NotFound } from '#platform/errors'
import { Answer } from '../answers.ts'
import { privacyHtml } from '../pages/privacy-text.ts'
import { routes } from '../routes.ts'
import { accountsJson } from '../serializers/account.ts'
import { type InstanceFacts, instanceJson, instanceV1Json, rulesJson } from '../serializers/instance.ts'

const open = { access: 'none' } as const
const kept = { 'Cache-Control': 'public, max-age=60' }
// 2022-11-14, when the second version came (HTTP-20).
const deprecated = { ...kept, Deprecation: '@1668384000' }
// When the notes that come with Kith were last changed.
const NOTES = '2026-11-01T00:00:00Z'

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

const notHere = async (): Promise<never> => {
  throw new NotFound()
}

export default routes('/api', (r) => {
  r.get(
    '/v2/instance',
    { ...open, answers: 'Instance' },
    async (ctx) => new Answer(200, instanceJson(await factsOf(ctx)), kept),
  )
  r.get(
    '/v1/instance',
    { ...open, answers: 'V1::Instance' },
    async (ctx) => new Answer(200, instanceV1Json(await factsOf(ctx)), deprecated),
  )
  r.get('/v1/instance/rules', { ...open, answers: 'Array<Rule>' }, async (ctx) =>
    rulesJson((await readSettings(ctx)).rules),
  )
  r.get('/v1/instance/extended_description', { ...open, answers: 'ExtendedDescription' }, async (ctx) => ({
    updated_at: null,
    content: (await readSettings(ctx)).aboutHtml,
  }))
  r.get('/v1/instance/privacy_policy', { ...open, answers: 'PrivacyPolicy' }, async (ctx) => {
    const settings = await readSettings(ctx)
    const updated = settings.privacyUpdatedAt?.replace(/\.\d+Z$/, 'Z')
    return { updated_at: updated ?? NOTES, content: privacyHtml(settings) }
  })
  r.get('/v1/instance/peers', { ...open, answers: 'Array<String>' }, knownDomains)
  r.get('/v1/instance/translation_languages', { ...open, answers: 'TranslationLanguages' }, async () => ({}))
  r.get('/v1/instance/languages', { ...open, answers: 'Array<Language>' }, async () => [
    { code: 'en', name: 'English' },
  ])
  // Switched off or not there (INST-22 to INST-24).
  for (const name of ['activity', 'terms_of_service', 'terms_of_service/:date'])
    r.get(`/v1/instance/${name}`, open, notHere)
  r.get('/v1/instance/domain_blocks', { access: 'optional' }, notHere)
})
