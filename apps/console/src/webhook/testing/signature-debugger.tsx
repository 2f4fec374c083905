import { Alert, Code, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClockExclamation, IconLockOpen } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app';
import { CopyIcon, useSaid } from '../../shown';
import { checkSignature, type PastedRequest, type SignatureCheck, TOLERANCE_SECONDS } from './signature-check';
import classes from './testing.module.css';

const EMPTY: PastedRequest = { secret: '', id: '', timestamp: '', signature: '', body: '' };

/** Says whether a signature is right and, if not, what is most likely wrong. Secret and body stay in the browser. */
export function SignatureDebugger() {
  const { t } = useTranslation();
  const [pasted, setPasted] = useState(EMPTY);
  const [check, setCheck] = useState<SignatureCheck>();
  // Browsers compute signatures only for pages that nobody on the way can have changed.
  const canCompute = crypto.subtle !== undefined;
  const complete = canCompute && pasted.secret !== '' && pasted.signature.trim() !== '';

  // One step of the way to a first delivery.
  const [isVerified, sayVerified] = useSaid(`verified.${useSession().accountId}`);
  useEffect(() => {
    if (check?.verified && !isVerified) sayVerified();
  });
  useEffect(() => {
    let current = true;
    if (!complete) setCheck(undefined);
    else void checkSignature(pasted, Date.now()).then((result) => current && setCheck(result));
    return () => {
      current = false;
    };
  }, [pasted, complete]);

  const field = (name: keyof PastedRequest) => ({
    value: pasted[name],
    label: t(`webhook.debugger.${name}`),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setPasted({ ...pasted, [name]: event.currentTarget.value }),
    spellCheck: false,
    autoComplete: 'off',
    classNames: { input: classes.mono },
  });

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('webhook.debugger.hint')}
      </Text>
      {canCompute ? null : (
        <Alert color="orange" variant="light" icon={<IconLockOpen size={20} aria-hidden />} title={t('webhook.debugger.insecure.title')}>
          {t('webhook.debugger.insecure.detail')}
        </Alert>
      )}
      <div className={classes.debugger}>
        <TextInput {...field('id')} placeholder="evt_01k9…" />
        <TextInput {...field('timestamp')} placeholder="1795252529" inputMode="numeric" />
      </div>
      <TextInput {...field('signature')} placeholder="v1,K5oZ… / sha256=9f86…" description={t('webhook.debugger.signatureHint')} />
      <Textarea {...field('body')} autosize minRows={4} maxRows={14} description={t('webhook.debugger.bodyHint')} />
      <TextInput {...field('secret')} description={t('webhook.debugger.secretHint')} />
      <div role="status">{check ? <Verdict check={check} /> : null}</div>
    </Stack>
  );
}

function Verdict({ check }: { readonly check: SignatureCheck }) {
  const { t } = useTranslation();
  const stale = check.age !== undefined && Math.abs(check.age) > TOLERANCE_SECONDS;
  if (!check.verified) {
    return (
      <Alert color="red" variant="light" icon={<IconCircleX size={20} aria-hidden />} title={t('webhook.debugger.mismatch')}>
        <Stack gap="xs">
          <Text size="sm">{t(`webhook.debugger.diagnosis.${check.diagnosis ?? 'unknown'}`)}</Text>
          <Group gap="xs" wrap="nowrap">
            <Text size="sm">{t('webhook.debugger.expected')}</Text>
            <Code className={classes.breakable}>{check.expected}</Code>
            <CopyIcon text={check.expected} label={t('webhook.debugger.expected')} />
          </Group>
        </Stack>
      </Alert>
    );
  }
  return (
    <Alert
      color={stale ? 'orange' : 'teal'}
      variant="light"
      icon={stale ? <IconClockExclamation size={20} aria-hidden /> : <IconCircleCheck size={20} aria-hidden />}
      title={t('webhook.debugger.match')}
    >
      <Text size="sm">
        {stale
          ? t(check.age > 0 ? 'webhook.debugger.tooOld' : 'webhook.debugger.tooNew', { count: Math.abs(check.age) })
          : t(`webhook.debugger.scheme.${check.scheme}`)}
      </Text>
    </Alert>
  );
}
