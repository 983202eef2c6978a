import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./connection.ts";

// The transport is what the client asks for: --node-ipc, --stdio, --socket=N or --pipe=NAME.
startServer(createConnection(ProposedFeatures.all));
