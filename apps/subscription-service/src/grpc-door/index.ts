export { openGrpcDoor } from './grpc-door.js';
