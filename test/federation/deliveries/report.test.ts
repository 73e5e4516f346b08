import { fileReport } from '#core/moderation/file-report'
import { Report } from '#core/moderation/report.model'
import { accountUri, postUri } from '#core/addresses'
import { forgetDialect } from '#core/instances/dialect'
import { Instance } from '#core/instances/instance.model'
import { as, cast, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { settle } from '#test/support/settle'
import { activityOf, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'

const usual = { postIds: [], comment: 'rude', category: 'other', ruleIds: [], forward: true } as const

test('federation rule 146: a forwarded report goes out in the name of the instance', async () => {
  const { alice } = await cast('alice')
  const far = await stranger('far')
  await as(alice, fileReport, { ...usual, postIds: [], ruleIds: [], accountId: far.id })
  await settle()
  const [sent] = await sentActivities()
  expect(sent).toMatchObject({
    type: 'Flag',
    actor: 'http://localhost:3000/actor',
    object: [far.uri],
    content: 'rude',
  })
  expect(JSON.stringify(sent)).not.toContain('alice')
})

test('federation rule 76: a report from elsewhere is kept, once in a day, and changes nothing', async () => {
  const { alice } = await cast('alice')
  const ann = await remoteActor('ann')
  const own = await post(alice, {})
  const flag = () =>
    tell(ann, activityOf(ann, 'Flag', [accountUri(alice.account), postUri(own)], { content: 'spam' }))
  await flag()
  await flag()
  expect(await Report.findAll()).toEqual([
    expect.objectContaining({
      reporterId: ann.account.id,
      targetId: alice.account.id,
      postIds: [own.id],
      comment: 'spam',
    }),
  ])
})

test('flags-reports-02: to the threadiverse and PeerTube one Flag goes out for each post, with a string for an object', async () => {
  const { alice } = await cast('alice')
  const far = await stranger('far', 'lemmy.example')
  await Instance.create({ domain: 'lemmy.example', software: 'Lemmy' })
  forgetDialect('lemmy.example')
  const uris = ['1', '2'].map((name) => `https://lemmy.example/post/${name}`)
  const posts = await Promise.all(uris.map((uri) => post(far, { uri })))
  const postIds = posts.map(({ id }) => id)
  await as(alice, fileReport, { ...usual, postIds, ruleIds: [], accountId: far.id })
  await settle()
  const flags = await sentActivities()
  expect(flags.map(({ object }) => object).toSorted()).toEqual(uris)
  expect(new Set(flags.map(({ id }) => id)).size).toBe(2)
  for (const flag of flags)
    expect(flag).toMatchObject({
      type: 'Flag',
      actor: 'http://localhost:3000/actor',
      to: [far.uri],
      content: 'rude',
      summary: 'rude',
    })
})
