const LARGEST_PRIME_BELOW_64K = 65_521;

/** Adler-32 of a text of ASCII characters, as 7 letters and digits: any single changed character changes it. */
export function checksum(text: string): string {
  let sum = 1;
  let sumOfSums = 0;
  for (let i = 0; i < text.length; i++) {
    sum = (sum + text.charCodeAt(i)) % LARGEST_PRIME_BELOW_64K;
    sumOfSums = (sumOfSums + sum) % LARGEST_PRIME_BELOW_64K;
  }
  return (sumOfSums * 65_536 + sum).toString(36).padStart(7, "0");
}
