import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { consoleSettings } from '../console-settings';
import classes from './shell.module.css';

export function Brand() {
  return (
    <Link to="/" className={classes.brand} aria-label={consoleSettings.title}>
      <Group gap={10} wrap="nowrap">
        <img src="/favicon.svg" alt="" width={26} height={26} />
        <Text span fw={650} size="lg" className={classes.brandName}>
          {consoleSettings.title}
        </Text>
      </Group>
    </Link>
  );
}
