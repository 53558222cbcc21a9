package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Grant;
import io.catalogconnect.contract.model.Identity;
import io.catalogconnect.contract.model.Product;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.model.Team;
import io.catalogconnect.contract.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a contract. Every key of ODCS 3.1 is known. A contract with errors is read as far as possible, so that all errors are
 * reported at once. {@code docs/contract-keys.md} is generated from the keys that the readers declare.
 */
public final class ContractReader {
    private ContractReader() {}

    /** Reads the tree of a file. */
    public static Contract read(YamlNode root, Findings findings) {
        return read(root, findings, key -> {});
    }

    /** @param listener gets each key when it is read */
    static Contract read(YamlNode root, Findings findings, Consumer<DeclaredKey> listener) {
        Fields top = new Fields(root, Place.START, "a contract", findings, listener);
        top.key("apiVersion", "Version of ODCS.").needed().word("v3.1.0");
        top.key("kind", "Kind of the file.").needed().word("DataContract");
        Identity identity = identity(top);
        Product product = ProductReader.read(top.extension());
        ServerReader servers = new ServerReader(findings);
        top.list("servers", "a server", "One `s3`, one `kafka` and one `bigquery` server for each environment.")
                .forEach(servers::add);
        List<DataObject> objects = top.list("schema", "an object", "Objects. The first one contains all rows.").stream()
                .map(ObjectReader::read)
                .toList();
        List<ServiceLevel> levels =
                top
                        .list("slaProperties", "a service level", "Service levels. `retention` must be one of them.")
                        .stream()
                        .map(ContractReader::serviceLevel)
                        .toList();
        List<Grant> grants =
                top.list("roles", "a role", "[Access](catalogctl.md#access) to tables and topics.").stream()
                        .map(ContractReader::grant)
                        .toList();
        Contract contract = new Contract(
                identity,
                product,
                servers.landings(),
                servers.streams(),
                servers.warehouses(),
                objects,
                levels,
                grants,
                team(top),
                top.places());
        top.ignore("tenant", "dataProduct", "contractCreatedTs", "slaDefaultElement", "price")
                .done();
        return contract;
    }

    private static Identity identity(Fields top) {
        Fields description =
                top.inner("description", "the description", "Texts for the [catalogue](catalogctl.md#docs).");
        Identity identity = new Identity(
                top.key("id", "UUID of the contract. It never changes.")
                        .needed()
                        .text(),
                top.key("name", "Name of the product: lower-case letters, digits and hyphens, at most 50.")
                        .needed()
                        .text(),
                top.key("version", "[Semantic version](catalogctl.md#diff), such as `1.2.0`.")
                        .needed()
                        .text(),
                top.key("status", "`proposed`, `draft`, `active`, `deprecated` or `retired`.")
                        .needed()
                        .text(),
                top.key("domain", "Name of the business domain.").text(),
                description
                        .key("purpose", "What the data is, and who delivers it.")
                        .text(),
                description.key("usage", "What the data may be used for.").text(),
                description
                        .key("limitations", "What the data cannot be used for, and until when it is available.")
                        .text(),
                top.key("tags", "Tags of the product.").texts(),
                definitions(top, description));
        description.ignore("customProperties").done();
        return identity;
    }

    private static List<String> definitions(Fields... parts) {
        List<String> types = new ArrayList<>();
        for (Fields part : parts) {
            for (Fields definition :
                    part.list("authoritativeDefinitions", "a definition", "Links to pages about the product.")) {
                types.add(definition
                        .key(
                                "type",
                                "`privacyStatement` for the statement that personal data needs. Other types are documentation.")
                        .text());
                definition.key("url", "Address of the page.").needed().text();
                definition.ignore("id", "description").done();
            }
        }
        return types;
    }

    private static ServiceLevel serviceLevel(Fields level) {
        ServiceLevel read = new ServiceLevel(
                level.key("property", "Name of the [service level](catalogctl.md#service-levels), such as `retention`.")
                        .needed()
                        .text(),
                level.key("value", "Number or time.").needed().text(),
                level.key("unit", "`s`, `m`, `h`, `d` or `y` of a time span, `UTC` of `timeOfAvailability`.")
                        .text(),
                level.key("description", "Text for the catalogue.").text(),
                level.places());
        level.ignore("id", "valueExt", "element", "driver", "scheduler", "schedule")
                .done();
        return read;
    }

    private static Grant grant(Fields role) {
        Fields extension = role.extension();
        Grant grant = new Grant(
                role.key("role", "IAM role that the members get, such as `roles/bigquery.dataViewer`.")
                        .needed()
                        .text(),
                role.key("description", "Text for the catalogue.").text(),
                extension
                        .key(
                                "members",
                                "IAM members that get the role on the tables, such as `group:team-a@example.com`.")
                        .texts(),
                extension
                        .key("principals", "Kafka principals that may read the topics, such as `User:team-a-feed`.")
                        .texts(),
                extension
                        .key("group", "Consumer group that the principals may use.")
                        .text(),
                extension.key("objects", "Names of the objects. At least one.").texts(),
                extension
                        .key("environments", "Environments in which the access exists. Default: all.")
                        .texts(),
                Stream.of(
                                role.key("firstLevelApprovers", "Who approves new access, for the catalogue.")
                                        .text(),
                                role.key("secondLevelApprovers", "Who approves it after them, for the catalogue.")
                                        .text())
                        .filter(approver -> !approver.isEmpty())
                        .toList(),
                extension.places());
        extension.done();
        role.ignore("id", "access").done();
        return grant;
    }

    private static Team team(Fields top) {
        Fields team = top.inner("team", "the team", "The team that owns the product.");
        List<Team.Member> members = new ArrayList<>();
        for (Fields member : team.list("members", "a member of the team", "Members. One must have the role `owner`.")) {
            members.add(new Team.Member(
                    member.key("username", "Unique name, such as the e-mail address.")
                            .needed()
                            .text(),
                    member.key("name", "Name for the catalogue.").text(),
                    member.key("role", "Role in the team, such as `owner`.").text(),
                    member.places()));
            member.ignore("id", "description", "dateIn", "dateOut", "replacedByUsername", "tags", "customProperties")
                    .ignore("authoritativeDefinitions")
                    .done();
        }
        List<Team.Channel> channels = new ArrayList<>();
        for (Fields channel : top.list("support", "a support channel", "Where consumers get help.")) {
            channels.add(new Team.Channel(
                    channel.key("channel", "Name of the channel.").needed().text(),
                    channel.key("tool", "Such as `slack` or `email`.").text(),
                    channel.key("url", "Address of the channel.").text()));
            channel.ignore("id", "description", "scope", "invitationUrl", "customProperties")
                    .done();
        }
        Team read = new Team(
                team.key("name", "Name of the team. A [policy](catalogctl.md#policy) refers to it.")
                        .text(),
                team.key("description", "Text for the catalogue.").text(),
                members,
                channels,
                team.places());
        team.ignore("id", "tags", "customProperties", "authoritativeDefinitions")
                .done();
        return read;
    }
}
