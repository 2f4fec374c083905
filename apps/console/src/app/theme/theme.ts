import {
  type BadgeProps,
  type ButtonProps,
  createTheme,
  type DrawerProps,
  type ModalProps,
  type PopoverProps,
  type TableProps,
  type TooltipProps,
} from '@mantine/core';
import { COLORS } from './colors';

const UI_FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Inter, Roboto, 'Helvetica Neue', Arial, sans-serif";
const CODE_FONT = "ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace";

// The head of a dialog is a <header>, which would be a second banner of the page.
const NO_BANNER = { header: { role: 'presentation' } };

// By the type alone, where Mantine's own `extend` would load each of these components before anything is seen.
const byDefault = <Props>(defaultProps: Partial<Props>) => ({ defaultProps });

export const theme = createTheme({
  colors: COLORS,
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  black: '#1a1f36',
  fontFamily: UI_FONT,
  fontFamilyMonospace: CODE_FONT,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontFamily: UI_FONT,
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.75rem' }, h2: { fontSize: '1.375rem' }, h3: { fontSize: '1.125rem' }, h4: { fontSize: '1rem' } },
  },
  defaultRadius: 'sm',
  radius: { sm: '6px', md: '8px', lg: '12px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: false,
  components: {
    Button: byDefault<ButtonProps>({ size: 'sm' }),
    Badge: byDefault<BadgeProps>({ variant: 'light', radius: 'sm', tt: 'none', fw: 550 }),
    Modal: byDefault<ModalProps>({
      styles: { title: { fontWeight: 650 } },
      attributes: NO_BANNER,
      centered: true,
      radius: 'md',
      overlayProps: { backgroundOpacity: 0.45 },
    }),
    Drawer: byDefault<DrawerProps>({ attributes: NO_BANNER, overlayProps: { backgroundOpacity: 0.35 } }),
    Popover: byDefault<PopoverProps>({ shadow: 'md' }),
    Table: byDefault<TableProps>({ verticalSpacing: 'sm', horizontalSpacing: 'md' }),
    Tooltip: byDefault<TooltipProps>({ withArrow: true, events: { hover: true, focus: true, touch: true }, openDelay: 200 }),
  },
});
