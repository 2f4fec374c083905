import type { CSSVariablesResolver } from '@mantine/core';
import { COLORS } from './colors';

const CHART = {
  light: {
    success: '#2f9e62',
    redirect: '#0e8fa8',
    client: '#d97b0b',
    server: '#d6363b',
    timeout: '#7c4ddb',
    connection: '#b0458f',
    policy: '#5b667a',
  },
  dark: {
    success: '#3fb877',
    redirect: '#35b9d4',
    client: '#f0a33e',
    server: '#f06a6a',
    timeout: '#a98bf7',
    connection: '#e080c3',
    policy: '#9ba5b6',
  },
};
const LINES = { light: ['#5046e4', '#d97b0b', '#d6363b'], dark: ['#8b90f8', '#f0a33e', '#f06a6a'] };

/** Where Mantine's own choices are too faint for small text (WCAG 1.4.3), and the colours that are the console's own. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--hs-canvas': 'var(--mantine-color-gray-0)',
    '--hs-panel': 'var(--mantine-color-white)',
    '--hs-line': 'var(--mantine-color-gray-2)',
    '--hs-hover': 'var(--mantine-color-gray-0)',
    ...chartVariables('light'),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--hs-canvas': 'var(--mantine-color-dark-8)',
    '--hs-panel': 'var(--mantine-color-dark-7)',
    '--hs-line': 'var(--mantine-color-dark-5)',
    '--hs-hover': 'var(--mantine-color-dark-6)',
    ...tintsOnDark(),
    ...chartVariables('dark'),
  },
});

function chartVariables(scheme: 'light' | 'dark'): Record<string, string> {
  const named = Object.entries(CHART[scheme]).map(([name, color]) => [`--hs-chart-${name}`, color]);
  return Object.fromEntries([...named, ...LINES[scheme].map((color, index) => [`--hs-chart-line-${index + 1}`, color])]) as Record<
    string,
    string
  >;
}

// Mantine's tints on dark are nearly black: a fifth of the colour on the panel can be told apart and read on.
function tintsOnDark(): Record<string, string> {
  const entries = Object.entries(COLORS).filter(([name]) => name !== 'dark');
  return Object.fromEntries(
    entries.flatMap(([name, shades]) => [
      [`--mantine-color-${name}-light`, mixed(shades[5], COLORS.dark[7], 0.2)],
      [`--mantine-color-${name}-light-hover`, mixed(shades[5], COLORS.dark[7], 0.28)],
      [`--mantine-color-${name}-light-color`, `var(--mantine-color-${name}-2)`],
    ]),
  );
}

/** @param share of the first colour, 0 to 1 */
function mixed(color: string, other: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [one, two] = [color, other].map((hex) => parseInt(hex.slice(at, at + 2), 16)) as [number, number];
    return Math.round(one * share + two * (1 - share))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}
