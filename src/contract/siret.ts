/** Fourteen digits whose Luhn sum is a multiple of ten; the establishments of La Poste follow another rule and are let through. */
export const isSiret = (text: string): boolean =>
  /^\d{14}$/.test(text) && (text.startsWith(laPoste) || luhnSum(text) % 10 === 0)

const laPoste = '356000000'

const luhnSum = (digits: string): number =>
  [...digits].reduce((sum, digit, index) => {
    const twice = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return sum + (twice > 9 ? twice - 9 : twice)
  }, 0)
