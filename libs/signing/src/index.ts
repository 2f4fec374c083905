export { generateSecret, secretFault, whsecForm, type SecretFault } from './secret.js';
export { plainSignature, standardWebhookSignature } from './sign.js';
export { SigningKey } from './signing-key.js';
export { verifyPlainSignature, verifyStandardWebhook, type ReceivedWebhook, type Verdict } from './verify.js';
