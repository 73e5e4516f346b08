import { z } from 'zod'
import { findTerms } from '#core/instances/find-terms'
import { readSettings } from '#core/instances/read-settings'
import { Answer } from '../answers.ts'
import { privacyHtml } from '../pages/privacy-text.ts'
import { routes } from '../routes.ts'
import { termsJson, wholeSeconds } from '../serializers/instance-notes.ts'

const open = { access: 'none' } as const
// When the notes that come with Kith were last changed.
const NOTES = '2026-11-01T00:00:00Z'

export default routes('/api/v1', (r) => {
  r.get('/instance/extended_description', { ...open, answers: 'ExtendedDescription' }, async (ctx) => {
    const { aboutHtml, aboutUpdatedAt } = await readSettings(ctx)
    return { updated_at: aboutUpdatedAt && wholeSeconds(aboutUpdatedAt), content: aboutHtml }
  })
  r.get('/instance/privacy_policy', { ...open, answers: 'PrivacyPolicy' }, async (ctx) => {
    const settings = await readSettings(ctx)
    return {
      updated_at: wholeSeconds(settings.privacyUpdatedAt ?? NOTES),
      content: privacyHtml(settings),
    }
  })
  r.get('/instance/terms_of_service', { ...open, answers: 'TermsOfService' }, async (ctx) =>
    termsJson(findTerms((await readSettings(ctx)).terms)),
  )
  r.get(
    '/instance/terms_of_service/:date',
    { ...open, input: z.looseObject({ date: z.string() }), answers: 'TermsOfService' },
    async (ctx, { date }) => termsJson(findTerms((await readSettings(ctx)).terms, date)),
  )
  // Nobody is asked for money here (MISC-16).
  r.get('/donation_campaigns', { answers: 'NoBody' }, async () => new Answer(204, undefined))
})
