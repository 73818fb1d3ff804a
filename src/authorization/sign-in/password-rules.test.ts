import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '#base'
import { checkPassword } from './password-rules.js'

const holder = { identifier: 'camille.durand', name: 'Camille Kervadec', service: ['France Travail', 'Espace Zénith'] }
const refusal = (password: string) => {
  try {
    checkPassword(password, holder)
    return null
  } catch (error) {
    assert.ok(isProblem(error) && error.code === 'account/weak-password', String(error))
    return error.text.en
  }
}

test('a password that is guessed first is refused, whatever surrounds it', () => {
  const guessed = [
    ...['123456789012', 'azerty123456', 'motdepassemotdepasse', 'jetaime12345', 'marseille1313', 'qwertyuiop123'],
    ...[
      'MotDePasse2024!',
      'P@ssw0rd123456',
      'aaaaaaaaaaaa',
      'abcabcabcabc',
      'abcdefghijkl',
      '1q2w3e4r5t6y',
      '1a2z3e4r5t6y',
    ],
    ...[
      'Bonjour123456',
      'Soleil2023!!!',
      'doudoudoudou',
      'camillemarine',
      'Toulouse31000',
      'parisparis75000',
      'chocolat0102',
    ],
    ...[
      'Dupont12051978',
      'nicolas14071989',
      'iloveyou1234',
      'administrateur1',
      'zenithzenith1',
      'kervadec1234',
      'FranceTravail75',
    ],
    ...[
      'portique2026!',
      'azertyazerty',
      '000000000000',
      '121212121212',
      'Été2025Été2025',
      'wxcvbnqsdfgh',
      'superman1234',
    ],
  ]
  for (const password of guessed) assert.match(refusal(password) ?? `taken: ${password}`, /it is guessed/)
  assert.match(refusal('xCamille.Durand9x7q') ?? '', /user name/)
})

test('a password too short or too long is refused for that', () => {
  assert.match(refusal('kV9!xq2#bT1') ?? '', /at least 12/)
  assert.match(refusal('kV9x'.repeat(65)) ?? '', /at most 256/)
})

test('words that have nothing to do with each other, and characters by chance, are taken', () => {
  const good = [
    ...['un cheval saute la haie', 'deux canards nagent au loin', 'tabouret-cyclone-gruyere-flûte', 'kV9!xq2#bT1z'],
    ...['correct horse battery staple', 'La pluie tombe sur Quimper', 'x7Gq2mTz9KpW', 'Ma tante cultive des navets'],
  ]
  for (const password of good) assert.equal(refusal(password), null, password)
})
