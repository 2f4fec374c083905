import type { MantineColorsTuple } from '@mantine/core';

const shades = (text: string): MantineColorsTuple => text.split(' ').map((hex) => `#${hex}`) as unknown as MantineColorsTuple;

// Shade 6 fills buttons and is written on white: of each colour it is the first one that white text can be read on (4.5 : 1).
export const COLORS = {
  gray: shades('f7f8fa eff1f5 e4e8ee d3d9e3 a9b2c1 8590a3 5b667a 475164 343d4f 1f2737'),
  dark: shades('dfe4ec b9c1ce 9ba5b6 6d778a 3b4353 2a313f 1d222d 14181f 0f1217 0a0c10'),
  indigo: shades('f0f1ff e2e4ff c8ccff a5abfd 8389f8 656bf0 5046e4 4237c8 352ea1 272268'),
  red: shades('fef2f2 fde4e4 fccaca f9a3a3 f27272 e74747 cd2b31 ad1f26 8c1d22 6b1a1e'),
  orange: shades('fff5ed ffe8d5 fecfaa fbae73 f6853b e8691a bd4b0c 9c3d0d 7d330f 5a260d'),
  yellow: shades('fffaeb fef0c7 fde08a fbca4a f5b120 d9940d 946200 7a5103 634208 45300a'),
  green: shades('edfbf2 d5f5e0 aee9c3 7bd8a0 46c17a 23a55d 127a41 0f6537 0f502e 0b3a22'),
  teal: shades('ecfbf8 cff5ee a2e9de 6dd6c8 3dbcae 1fa093 0c766d 0c5f58 0d4c47 0b3835'),
  cyan: shades('ebfafd cdf2f9 a0e4f2 66cfe6 31b3d2 1597b7 0a718c 0d5b72 114a5c 0d3643'),
  blue: shades('eff6ff dbeafe bcd7fd 8ebcfb 5b99f6 3578ee 1f5fd4 1b4dae 1a418c 172f61'),
  violet: shades('f5f2ff ebe4ff d9cdff bda8fd 9f7bf8 8556ef 6f3bd8 5c2fb5 4b2893 341c66'),
  grape: shades('fcf2fd f8e2fb f0c6f5 e39dec d06fdd b94bc7 97339f 7b2a82 642568 461a49'),
  pink: shades('fef1f7 fde2ef fbc6df f79cc5 ee66a0 df407f be2560 9c1f4f 801d43 5a142f'),
} as const;
