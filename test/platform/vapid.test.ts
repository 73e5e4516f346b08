import webPush from 'web-push'
import { vapidKeys } from '#platform/vapid'

test('INST-16 the push keys are a P-256 pair that push services take, the same every time', () => {
  const { publicKey, privateKey } = vapidKeys()
  expect(vapidKeys().publicKey).toBe(publicKey)
  const usual = webPush.generateVAPIDKeys()
  expect([publicKey.length, privateKey.length]).toEqual([usual.publicKey.length, usual.privateKey.length])
  const details = webPush.generateRequestDetails({ endpoint: 'https://push.example/x' } as never, null, {
    vapidDetails: { subject: 'mailto:a@b.example', publicKey, privateKey },
  })
  expect(details.headers.Authorization).toContain(publicKey)
})
