import { endLease, leaseMedium } from '#core/media/lease-medium'
import { Medium } from '#core/media/medium.model'
import { processMedium } from '#core/media/process-medium'
import { resumeMedia } from '#core/media/resume-media'
import { uploadMedia } from '#core/media/upload-media'
import { inSeconds } from '#platform/clock'
import { rows } from '#platform/db'
import { openStore } from '#platform/storage'
import { as, cast, type Member } from '#test/factories/account'
import { file } from '#test/factories/medium'
import { settle } from '#test/support/settle'

let alice: Member
let mediumId: string
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  for await (const key of await everything()) await (await openStore()).remove([key])
  ;({ id: mediumId } = await as(alice, uploadMedia, { file: await file('silent.mp4') }))
})

const everything = async () => {
  const store = await openStore()
  const keys = await Promise.all(
    (['files', 'cache', 'uploads'] as const).map((shelf) =>
      Array.fromAsync(store.list(shelf, inSeconds(60))),
    ),
  )
  return keys.flat()
}
const found = () => Medium.findByPk(mediumId, { rejectOnEmpty: true })
/** What a holder leaves that was killed at work: a lease that ran out, and no owed work. */
const killed = async (more: Partial<Medium> = {}) => {
  await rows({}, 'DELETE FROM owed_work')
  const past = {
    state: 'processing' as const,
    lease: 1,
    leasedUntil: inSeconds(-1),
    createdAt: inSeconds(-300),
  }
  await Medium.update({ ...past, ...more }, { where: { id: mediumId } })
}

test('two at once make one medium, and no file too many', async () => {
  await Promise.all([processMedium(alice.ctx, { mediumId }), processMedium(alice.ctx, { mediumId })])
  await processMedium(alice.ctx, { mediumId })
  const { state, fileKey, previewKey } = await found()
  expect(state).toBe('ready')
  await settle()
  expect((await everything()).sort()).toEqual([fileKey, previewKey].sort())
})

test('a medium whose holder was killed is taken up again (R-014)', async () => {
  await killed()
  await resumeMedia(alice.ctx)
  await settle()
  expect((await found()).state).toBe('ready')
})

test('an upload is owed once, however often the sweep finds it', async () => {
  await killed()
  for (let round = 0; round < 3; round += 1) await resumeMedia(alice.ctx)
  expect(await rows({}, `SELECT FROM owed_work WHERE kind = 'fact'`)).toHaveLength(1)
})

test('what somebody is working on is left to them', async () => {
  await killed({ leasedUntil: inSeconds(30) })
  await resumeMedia(alice.ctx)
  await processMedium(alice.ctx, { mediumId })
  expect((await found()).state).toBe('processing')
  expect(await rows({}, `SELECT FROM owed_work`)).toHaveLength(0)
})

test('a file that killed five holders is failed with a reason (R-008, R-014)', async () => {
  await killed({ lease: 5 })
  await resumeMedia(alice.ctx)
  await settle()
  expect(await found()).toMatchObject({
    state: 'failed',
    failure: 'This file could not be processed.',
    uploadKey: null,
  })
  expect(await everything()).toEqual([])
})

test('what a slow holder made does not stand when somebody took over (R-009)', async () => {
  const slow = await leaseMedium(alice.ctx, mediumId, ['waiting'])
  await Medium.update({ leasedUntil: inSeconds(-1) }, { where: { id: mediumId } })
  await processMedium(alice.ctx, { mediumId })
  expect(await endLease({}, slow!, { state: 'failed', failure: 'too late' })).toBe(false)
  expect((await found()).state).toBe('ready')
})

test('a store that is away is no try: the medium waits (R-143)', async () => {
  const { uploadKey } = await found()
  await Medium.update({ uploadKey: 'away' }, { where: { id: mediumId } })
  await expect(processMedium(alice.ctx, { mediumId })).rejects.toThrow()
  expect(await found()).toMatchObject({ state: 'waiting', leasedUntil: null })
  await Medium.update({ uploadKey }, { where: { id: mediumId } })
  await processMedium(alice.ctx, { mediumId })
  expect((await found()).state).toBe('ready')
})
