package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Grant;
import io.catalogconnect.contract.model.Identity;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.model.Team;
import io.catalogconnect.contract.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a contract. Every key of ODCS 3.1 is known. A contract with errors is read as far as possible, so that all errors are
 * reported at once.
 */
public final class ContractReader {
    private ContractReader() {}

    /** Reads the tree of a file. */
    public static Contract read(YamlNode root, Findings findings) {
        Fields top = new Fields(root, Place.START, "a contract", findings);
        top.word("apiVersion", "v3.1.0");
        top.word("kind", "DataContract");
        for (String key : List.of("apiVersion", "kind")) {
            top.needed(key);
        }
        Identity identity = identity(top);
        ServerReader servers = new ServerReader(findings);
        top.list("servers", "a server").forEach(servers::add);
        List<ServiceLevel> levels = top.list("slaProperties", "a service level").stream()
                .map(ContractReader::serviceLevel)
                .toList();
        List<Grant> grants =
                top.list("roles", "a role").stream().map(ContractReader::grant).toList();
        Contract contract = new Contract(
                identity,
                ProductReader.read(top.extension()),
                servers.landings(),
                servers.streams(),
                servers.warehouses(),
                top.list("schema", "an object").stream().map(ObjectReader::read).toList(),
                levels,
                grants,
                team(top),
                top.places());
        top.ignore("tenant", "dataProduct", "contractCreatedTs", "slaDefaultElement", "price")
                .done();
        return contract;
    }

    private static Identity identity(Fields top) {
        Fields description = top.inner("description", "the description");
        Identity identity = new Identity(
                top.needed("id"),
                top.needed("name"),
                top.needed("version"),
                top.needed("status"),
                top.text("domain"),
                description.text("purpose"),
                description.text("usage"),
                description.text("limitations"),
                top.texts("tags"),
                definitions(top, description));
        description.ignore("customProperties").done();
        return identity;
    }

    private static List<String> definitions(Fields... parts) {
        List<String> types = new ArrayList<>();
        for (Fields part : parts) {
            for (Fields definition : part.list("authoritativeDefinitions", "a definition")) {
                types.add(definition.text("type"));
                definition.needed("url");
                definition.ignore("id", "description").done();
            }
        }
        return types;
    }

    private static ServiceLevel serviceLevel(Fields level) {
        ServiceLevel read = new ServiceLevel(
                level.needed("property"),
                level.needed("value"),
                level.text("unit"),
                level.text("description"),
                level.places());
        level.ignore("id", "valueExt", "element", "driver", "scheduler", "schedule")
                .done();
        return read;
    }

    private static Grant grant(Fields role) {
        Fields extension = role.extension();
        Grant grant = new Grant(
                role.needed("role"),
                role.text("description"),
                extension.texts("members"),
                extension.texts("principals"),
                extension.text("group"),
                extension.texts("objects"),
                extension.texts("environments"),
                Stream.of(role.text("firstLevelApprovers"), role.text("secondLevelApprovers"))
                        .filter(approver -> !approver.isEmpty())
                        .toList(),
                extension.places());
        extension.done();
        role.ignore("id", "access").done();
        return grant;
    }

    private static Team team(Fields top) {
        Fields team = top.inner("team", "the team");
        List<Team.Member> members = new ArrayList<>();
        for (Fields member : team.list("members", "a member of the team")) {
            members.add(new Team.Member(
                    member.needed("username"), member.text("name"), member.text("role"), member.places()));
            member.ignore("id", "description", "dateIn", "dateOut", "replacedByUsername", "tags", "customProperties")
                    .ignore("authoritativeDefinitions")
                    .done();
        }
        List<Team.Channel> channels = new ArrayList<>();
        for (Fields channel : top.list("support", "a support channel")) {
            channels.add(new Team.Channel(channel.needed("channel"), channel.text("tool"), channel.text("url")));
            channel.ignore("id", "description", "scope", "invitationUrl", "customProperties")
                    .done();
        }
        Team read = new Team(team.text("name"), team.text("description"), members, channels, team.places());
        team.ignore("id", "tags", "customProperties", "authoritativeDefinitions")
                .done();
        return read;
    }
}
